import { describe, expect, it } from '@jest/globals';
import { Counter, Histogram, Registry } from 'prom-client';
import { TEXT } from './dialect.ts';
import { registryFamilies } from './registry-families.ts';
import { renderAtOnce } from './render.ts';

describe('registryFamilies', () => {
  it("gives prom-client's own page again", async () => {
    const registry = new Registry();
    const counter = new Counter({ name: 'c_total', help: 'C.', labelNames: ['code'], registers: [registry] });
    counter.inc({ code: 200 });
    const buckets = [0.1, 1];
    const names = { name: 'h', help: 'H.', labelNames: ['route'], buckets };
    const histogram = new Histogram({ ...names, registers: [registry] });
    histogram.observe({ route: '/a' }, 0.05);
    histogram.observe({ route: '/a' }, 3);
    histogram.observe({ route: '/b' }, 0.5);
    const ours = String(Buffer.concat(renderAtOnce(await registryFamilies(registry), TEXT)));
    expect(seriesOf(ours)).toEqual(seriesOf(await registry.metrics()));
  });
});

/** The lines with series, whatever the order of labels. */
function seriesOf(page: string): string[] {
  const lines = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line)!;
    return `${name!} ${labels.split(',').sort().join()} ${value!}`;
  });
}
