import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Family } from '../model/family.ts';
import { Procfs } from '../sources/procfs.ts';
import { bindingGroups, parseCpuMax, parseMemoryMax } from './cgroup.ts';
import { containerCollector } from './container.ts';

const TESTDATA = join(import.meta.dirname, '../../testdata');
const MIB = 1024 * 1024;
const context = { signal: new AbortController().signal, now: 0 };

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'evenkeel-cgroup-'));
  for (const name of ['proc', 'cgroup']) cpSync(join(TESTDATA, name), join(root, name), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

function collect(): Record<string, unknown> {
  const collector = containerCollector({
    procfs: new Procfs(join(root, 'proc')),
    cgroupRoot: join(root, 'cgroup'),
  });
  const families = collector.collect(context) as readonly Family[];
  return Object.fromEntries(
    families.map(({ name, samples }) => [
      name,
      samples.map((sample) => ('value' in sample ? sample.value : sample)),
    ]),
  );
}

function write(path: string, text: string): void {
  writeFileSync(join(root, path), `${text}\n`);
}

const POD = 'cgroup/kubepods.slice/pod1.slice';

describe('the container collector', () => {
  it('gives the lowest of nested limits, the use of its group, and the room below the nearest limit', () => {
    expect(collect()).toEqual({
      container_memory_limit_bytes: [1024 * MIB],
      container_memory_usage_bytes: [900 * MIB],
      container_memory_working_set_bytes: [800 * MIB],
      container_memory_available_bytes: [200 * MIB],
      container_cpu_limit: [0.5],
      container_cpu_time_seconds_total: [60.5, 29.5],
      container_cpu_throttled_seconds_total: [1.25],
    });
  });

  it('is content with one kind of limit', () => {
    write(`${POD}/memory.max`, 'max');
    write('cgroup/kubepods.slice/memory.max', 'max');
    expect(Object.keys(collect())).toEqual([
      'container_cpu_limit',
      'container_cpu_time_seconds_total',
      'container_cpu_throttled_seconds_total',
    ]);
  });

  it('takes a limit for none that is not below what the host has', () => {
    write(`${POD}/app.scope/cpu.max`, '200000 100000');
    write(`${POD}/cpu.max`, '400000 100000');
    expect(collect()).not.toHaveProperty('container_cpu_limit');
  });

  it('leaves out the limit that systemd puts on the service of the exporter', () => {
    write('proc/self/cgroup', '0::/kubepods.slice/pod1.slice/app.scope/exporter.service');
    mkdirSync(join(root, `${POD}/app.scope/exporter.service`));
    write(`${POD}/app.scope/exporter.service/memory.max`, '1000000');
    write(`${POD}/app.scope/exporter.service/cpu.max`, '10000 100000');
    expect(collect()).toMatchObject({
      container_memory_limit_bytes: [1024 * MIB],
      container_cpu_limit: [0.5],
    });
  });

  it.each(['self/cgroup', 'self/mountinfo'])('has nothing to say without %s', (file) => {
    rmSync(join(root, 'proc', file));
    expect(collect()).toEqual({});
  });

  it('has nothing to say on a host with cgroup v1 only', () => {
    write('proc/self/cgroup', '4:memory:/docker/1\n1:cpu:/docker/1');
    expect(collect()).toEqual({});
  });

  it.each([
    [`${POD}/memory.max`, 'lots', 'memory.max is malformed'],
    [`${POD}/memory.current`, '', 'memory.current is malformed'],
    [`${POD}/memory.stat`, 'anon 5', 'memory.stat (inactive_file) is malformed'],
    [`${POD}/cpu.max`, '1000', 'cpu.max is malformed'],
    [`${POD}/app.scope/cpu.stat`, 'user_usec 1', 'cpu.stat (system_usec) is malformed'],
    ['proc/self/mountinfo', 'nonsense', 'mountinfo is malformed'],
  ])('fails rather than guess when %s is malformed', (file, text, message) => {
    write(file, text);
    expect(collect).toThrow(message);
  });

  it.each(['memory.current', 'memory.stat'])(
    'fails, and says what is missing, without %s of a limited group',
    (file) => {
      rmSync(join(root, POD, file));
      expect(collect).toThrow(/ENOENT.*pod1\.slice/);
    },
  );
});

describe('bindingGroups', () => {
  it.each([
    ['a container that sees only itself', { path: '/', mountRoot: '/' }, ['.']],
    ['nested groups', { path: '/a/b', mountRoot: '/' }, ['a/b', 'a', '.']],
    ['a part of the tree under its outer name', { path: '/docker/1/x', mountRoot: '/docker/1' }, ['x', '.']],
    ['a process outside of its namespace', { path: '/../other', mountRoot: '/' }, ['.']],
    ['a process elsewhere than the mounted part', { path: '/else', mountRoot: '/docker/1' }, ['.']],
    [
      'a service of a user',
      { path: '/user.slice/user@1.service/app.slice/x.service', mountRoot: '/' },
      ['user.slice', '.'],
    ],
  ])('of %s', (_what, place, groups) => expect(bindingGroups(place)).toEqual(groups));
});

describe('limits', () => {
  it('are numbers, or none', () => {
    expect([parseMemoryMax('max\n'), parseMemoryMax('4096\n')]).toEqual([undefined, 4096]);
    expect([parseCpuMax('max 100000\n'), parseCpuMax('25000 100000\n')]).toEqual([undefined, 0.25]);
    expect(() => parseCpuMax('25000 0')).toThrow('cpu.max is malformed');
  });
});
