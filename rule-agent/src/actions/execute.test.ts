import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildEpisode, T0 } from '../../test/build.ts';
import type { Plan } from '../model/action-request.ts';
import type { Started } from '../model/event.ts';
import type { Action, ApplyResult, Inspection, PlanResult } from './action.ts';
import { execute, type Execution } from './execute.ts';
import { reconcile } from './reconcile.ts';

const PLAN: Plan = { system: 'warehouse', name: 'cache_ttl', from: 2, to: 120, version: '"1"' };

interface Script {
  plans?: PlanResult[];
  applies?: ApplyResult[];
  inspection?: Inspection;
  halted?: string;
  recordFails?: boolean;
}

/** An action that answers by the script, and a log of what was asked of it, journalling included. */
function scripted({ plans = [], applies = [], inspection = 'applied', halted, recordFails }: Script = {}) {
  const log: string[] = [];
  const action: Action = {
    plan: () => Promise.resolve(plans.shift() ?? { kind: 'change', plan: PLAN }),
    apply(_plan, key) {
      log.push(`apply ${key}`);
      return Promise.resolve(applies.shift() ?? { kind: 'applied' });
    },
    verify: () => Promise.resolve(inspection),
    revert: () => Promise.resolve({ kind: 'applied' }),
  };
  const execution: Execution = {
    action,
    now: () => T0,
    async writeAhead(events) {
      if (recordFails === true) throw new Error('disk full');
      // Being durable takes a while.
      await new Promise((resolve) => setImmediate(resolve));
      log.push(...events.map((event) => `started ${(event as Started).idempotencyKey}`));
    },
    halted: () => Promise.resolve(halted),
  };
  return { log, execution, action };
}

async function run(script: Script) {
  const { log, execution } = scripted(script);
  const finished = await execute(buildDecided(), execution);
  return { log, finished };
}

describe('executing an action', () => {
  it('is journalled before anything is sent', async () => {
    const { log, finished } = await run({});
    expect(log).toEqual(['started key-1', 'apply key-1']);
    expect(finished).toMatchObject({ outcome: 'applied', plan: PLAN, reconciled: false });
  });

  it('sends nothing when the journal cannot be written', async () => {
    const { log, execution } = scripted({ recordFails: true });
    await expect(execute(buildDecided(), execution)).rejects.toThrow('disk full');
    expect(log).toEqual([]);
  });

  it('sends nothing when it was stopped after the decision', async () => {
    const { log, finished } = await run({ halted: 'the file STOP exists' });
    expect(log).toEqual([]);
    expect(finished).toMatchObject({ outcome: 'halted', because: 'the file STOP exists' });
  });

  it('sends nothing when it was stopped while the start was written', async () => {
    const { log, execution } = scripted();
    const halted = () => Promise.resolve(log.length > 0 ? 'the file STOP exists' : undefined);
    const finished = await execute(buildDecided(), { ...execution, halted });
    expect(log).toEqual(['started key-1']);
    expect(finished).toMatchObject({ outcome: 'halted', because: 'the file STOP exists' });
  });

  it('calls a knob that is there already nothing to do, not a success', async () => {
    const { log, finished } = await run({
      plans: [{ kind: 'nothing_to_do', because: 'at 120 already', plan: PLAN }],
    });
    expect(log).toEqual([]);
    expect(finished).toMatchObject({ outcome: 'nothing_to_do', because: 'at 120 already' });
  });

  it('fails when there is no plan', async () => {
    const { finished } = await run({
      plans: [{ kind: 'impossible', because: 'warehouse cannot be reached' }],
    });
    expect(finished).toMatchObject({ outcome: 'failed', because: 'warehouse cannot be reached' });
  });

  it('plans once more when somebody else was faster, under a new key', async () => {
    const { log, finished } = await run({ applies: [{ kind: 'outdated' }] });
    expect(log).toEqual(['started key-1', 'apply key-1', 'started key-1-2', 'apply key-1-2']);
    expect(finished).toMatchObject({ outcome: 'applied' });
  });

  it('gives up when somebody else was faster twice', async () => {
    const { log, finished } = await run({ applies: [{ kind: 'outdated' }, { kind: 'outdated' }] });
    expect(log).toHaveLength(4);
    expect(finished).toMatchObject({ outcome: 'failed' });
  });

  it.each([
    { what: 'refused', apply: { kind: 'refused', because: 'HTTP 422' }, found: 'applied', outcome: 'failed' },
    {
      what: 'unclear, but done',
      apply: { kind: 'unclear', because: 'timeout' },
      found: 'applied',
      outcome: 'applied',
    },
    {
      what: 'unclear, not done',
      apply: { kind: 'unclear', because: 'timeout' },
      found: 'not_applied',
      outcome: 'failed',
    },
    {
      what: 'unclear, changed since',
      apply: { kind: 'unclear', because: 'timeout' },
      found: 'neither',
      outcome: 'unclear',
    },
    { what: 'accepted, but not done', apply: { kind: 'applied' }, found: 'not_applied', outcome: 'failed' },
    {
      what: 'unclear, of a kind that cannot be asked',
      apply: { kind: 'unclear', because: 'timeout' },
      found: 'unknowable',
      outcome: 'unclear',
    },
    {
      what: 'accepted, cannot be asked',
      apply: { kind: 'applied' },
      found: 'unknowable',
      outcome: 'applied',
    },
    { what: 'accepted, then gone', apply: { kind: 'applied' }, found: 'unreachable', outcome: 'applied' },
  ] as const)('$what: the outcome is $outcome', async ({ apply, found, outcome }) => {
    const { finished } = await run({ applies: [apply], inspection: found });
    expect(finished).toMatchObject({ outcome });
  });

  it('stays open when nobody can say whether it was done', async () => {
    const { log, finished } = await run({
      applies: [{ kind: 'unclear', because: 'timeout' }],
      inspection: 'unreachable',
    });
    expect(log).toEqual(['started key-1', 'apply key-1']);
    expect(finished).toBeUndefined();
  });
});

describe('reconciling', () => {
  const open = buildEpisode({ plan: PLAN });
  const asked = { waitedMs: 0, now: () => T0 };

  it.each([
    ['applied', 'applied'],
    ['not_applied', 'failed'],
    ['neither', 'unclear'],
  ] as const)(
    'a target that is found %s ends the episode as %s, and is not touched',
    async (inspection, outcome) => {
      const { action, log } = scripted({ inspection });
      expect(await reconcile(open, { action, ...asked })).toMatchObject({ outcome, reconciled: true });
      expect(log).toEqual([]);
    },
  );

  it('leaves open what cannot be asked', async () => {
    const { action } = scripted({ inspection: 'unreachable' });
    expect(await reconcile(open, { action, ...asked })).toBeUndefined();
  });

  it('abandons what was decided but never started', async () => {
    const { action } = scripted();
    const decided = { ...open, state: 'decided' } as const;
    expect(await reconcile(decided, { action, ...asked })).toMatchObject({ outcome: 'abandoned' });
  });
});
