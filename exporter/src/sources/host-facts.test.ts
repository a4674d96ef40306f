import { silentLogger } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import { hostFactsCollector } from '../collectors/host-facts.ts';
import { HostFactsSource } from './host-facts.ts';

const facts = {
  hostName: 'leeds-1',
  architecture: 'x64',
  osName: 'Debian GNU/Linux',
  osVersion: '12',
  kernel: '6.1.0',
  cpuModel: 'A processor',
  cpuVendor: 'A vendor',
  physicalCores: 2,
};
const context = { signal: new AbortController().signal, now: 0 };

describe('host facts', () => {
  it('are missing while they are being loaded, then a constant 1', async () => {
    const source = new HostFactsSource(async () => facts);
    const collector = hostFactsCollector(source);
    expect(await collector.collect(context)).toEqual([]);
    await source.load(silentLogger());
    const [host, cpu] = await collector.collect(context);
    expect(host!.samples).toMatchObject([
      { labels: { host_name: 'leeds-1', os_name: 'Debian GNU/Linux' }, value: 1 },
    ]);
    expect(cpu!.samples).toMatchObject([{ labels: { host_cpu_physical_cores: '2' }, value: 1 }]);
  });

  it('fail the collector when they cannot be loaded', async () => {
    const source = new HostFactsSource(async () => Promise.reject(new Error('no such program')));
    await source.load(silentLogger());
    expect(() => hostFactsCollector(source).collect(context)).toThrow('host facts: no such program');
  });
});
