import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, findProgram, waitUntilReady } from '@evenkeel/runtime';
import { freePort } from '@evenkeel/toolkit/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ActionBench, exampleOf, occasionOf } from './action-bench.ts';

let alertmanager: Child;
let directory: string;
let bench: ActionBench;
let url: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'evenkeel-silences-'));
  writeFileSync(
    join(directory, 'alertmanager.yml'),
    'route: { receiver: none }\nreceivers: [{ name: none }]\n',
  );
  const { path, workingDirectory } = await findProgram('alertmanager');
  const address = `127.0.0.1:${await freePort()}`;
  url = `http://${address}`;
  alertmanager = new Child({
    name: 'alertmanager',
    command: path,
    args: [
      `--config.file=${join(directory, 'alertmanager.yml')}`,
      `--storage.path=${join(directory, 'data')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ],
    ...(workingDirectory !== undefined && { workingDirectory }),
    logFile: join(directory, 'alertmanager.log'),
  });
  await waitUntilReady(alertmanager, `${url}/-/ready`, 30_000);
  const { systems, action } = exampleOf('alertmanager-silence');
  bench = new ActionBench({ systems: systems.replace(/http:\/\/[\d.:]+/, url), action });
}, 120_000);

afterAll(async () => {
  await bench.close();
  await alertmanager.stop();
  rmSync(directory, { recursive: true });
});

interface Shown {
  comment: string;
  status: { state: string };
  matchers: unknown[];
}

async function active(): Promise<Shown[]> {
  const silences = (await (await fetch(`${url}/api/v2/silences`)).json()) as Shown[];
  return silences.filter(({ status }) => status.state !== 'expired');
}

it('a real Alertmanager is silenced once for an episode, and no longer after a revert', async () => {
  const job = 'ware"house\\1';
  const occasion = occasionOf('e-1', job);
  const planned = await bench.action.plan(bench.request, occasion);
  if (planned.kind !== 'change') throw new Error(planned.because);
  const { plan } = planned;
  expect(await active()).toEqual([]);
  expect(await bench.action.verify(plan)).toBe('not_applied');
  expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
  expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
  expect(await active()).toMatchObject([
    {
      comment: 'Evenkeel episode e-1 of rule slow-api',
      matchers: [{ name: 'job', value: job, isRegex: false, isEqual: true }],
    },
  ]);
  expect(await bench.action.verify(plan)).toBe('applied');
  expect(await bench.action.revert(plan, 'key-2')).toEqual({ kind: 'applied' });
  expect([await active(), await bench.action.verify(plan)]).toEqual([[], 'not_applied']);
});
