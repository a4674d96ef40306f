import { existsSync } from 'node:fs';
import { afterAll, expect, it } from '@jest/globals';
import { eventually, StartedSystem } from './started-system.ts';

let system: StartedSystem | undefined;
afterAll(() => system?.end());

it('npm start leaves no process, no data and no secret behind when it is killed', async () => {
  system = await StartedSystem.start('--no-grafana', '--no-preview');
  await system.printed('Ctrl-C ends all of it.');
  const [, run = ''] = /tokens of this run: (\S+)/.exec(system.output) ?? [];
  process.kill(await system.mainProcess(), 'SIGKILL');
  const left = () => [...system!.remains(), ...[`${run}/data`, `${run}/secrets`].filter(existsSync)];
  await eventually(60_000, async () => left().length === 0 || undefined).catch(() => undefined);
  expect(left()).toEqual([]);
}, 300_000);
