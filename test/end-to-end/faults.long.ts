import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FAULT_NAMES } from '@evenkeel/demo';
import {
  ALWAYS,
  DAYS_PER_MINUTE,
  type FaultStory,
  mayFireWith,
  OF_THE_HOST,
  QUIET_MS,
  type Reasons,
  STORIES,
} from './fault-stories.ts';
import { Observer } from './observer.ts';
import { eventually, pause, StartedSystem } from './started-system.ts';

/** By so much a fault must raise what it raises besides. */
const RAISED = 1.5;
/** Two evaluations of the rules, and a little. */
const JUST_NOW_MS = 5_000;
/** Far more than a quiet machine needs for anything here. */
const DEADLINE_MS = 240_000;

interface Beginning {
  sinceMs: number;
  /** Of what the fault must raise besides. */
  before: number;
}

describe('the faults of the demo, with the agent paused', () => {
  let system: StartedSystem;
  let observer: Observer;
  let startedMs: number;
  /** What stories may fire that go on beside the others. */
  let lingering: Reasons = {};

  beforeAll(async () => {
    system = await StartedSystem.start(
      '--no-grafana',
      '--no-preview',
      `--days-per-minute=${DAYS_PER_MINUTE}`,
    );
    await system.printed('Ctrl-C ends all of it.');
    startedMs = Date.now();
    observer = new Observer(system);
    await observer.pauseAgent();
    for (const { signal } of STORIES) await eventually(DEADLINE_MS, () => observer.utility(signal));
  }, 2 * DEADLINE_MS);
  afterAll(() => system.end());

  const surprises = async (sinceMs: number, expected: Reasons = {}) => {
    const fired = await observer.firedSince(sinceMs);
    return fired.filter(
      (alert) => ![ALWAYS, OF_THE_HOST, lingering, expected].some((reasons) => alert in reasons),
    );
  };

  /** A signal of the host is not ours to keep well. */
  const isWell = async ({ signal, alert }: FaultStory) =>
    alert in OF_THE_HOST || (!(await observer.hasMoved(signal)) && !(await observer.isFiring(alert)));

  const isCalm = async () => (await surprises(Date.now() - JUST_NOW_MS)).length === 0;

  const calm = () => eventually(DEADLINE_MS, async () => (await isCalm()) || undefined);

  /** Injects the fault of a story as soon as all is well. */
  const begin = async (story: FaultStory): Promise<Beginning> => {
    await eventually(DEADLINE_MS, async () => ((await isCalm()) && (await isWell(story))) || undefined);
    const before = story.raises === undefined ? 0 : (await observer.value(story.raises))!;
    const sinceMs = Date.now();
    if (story.lasts !== undefined) lingering = { ...lingering, ...mayFireWith(story) };
    await observer.setFault(story.fault, true);
    return { sinceMs, before };
  };

  /** What was injected long ago: what fires from now on. */
  const goOn = async (): Promise<Beginning> => {
    await calm();
    return { sinceMs: Date.now(), before: 0 };
  };

  const isSeen = async ({ signal, alert, raises }: FaultStory, before: number) => {
    const isFelt = (await observer.hasMoved(signal)) && (await observer.isFiring(alert));
    return isFelt && (raises === undefined || (await observer.value(raises))! > before * RAISED);
  };

  /** The alert of the host ends when others on it let it; that the fault costs nothing more must do. */
  const isOver = async ({ alert, raises }: FaultStory, before: number) =>
    raises === undefined
      ? !(await observer.isFiring(alert))
      : (await observer.value(raises))! < before * RAISED;

  it(
    'fire nothing in a quiet time, in which nothing costs a score',
    async () => {
      await pause(startedMs + QUIET_MS - Date.now());
      expect(await surprises(startedMs)).toEqual([]);
      for (const story of STORIES) expect([story.signal, await isWell(story)]).toEqual([story.signal, true]);
    },
    QUIET_MS + DEADLINE_MS,
  );

  it.each(STORIES.filter(({ takesLong }) => takesLong !== undefined))(
    '$fault begins, and nobody can tell yet',
    async (story) => {
      await begin(story);
      expect(await isWell(story)).toBe(true);
    },
    2 * DEADLINE_MS,
  );

  it.each(STORIES)(
    '$fault costs $signal its score and fires $alert, and no other',
    async (story) => {
      const { fault, mend, takesLong, lasts } = story;
      const { sinceMs, before } = await (takesLong === undefined ? begin(story) : goOn());
      await eventually(DEADLINE_MS, async () => (await isSeen(story, before)) || undefined).finally(() =>
        observer.setFault(fault, false),
      );
      if (mend !== undefined) await observer.setKnob(mend.knob, mend.value);
      if (lasts === undefined)
        await eventually(DEADLINE_MS, async () => (await isOver(story, before)) || undefined);
      if (mend !== undefined) await observer.setKnob(mend.knob, mend.afterwards);
      expect(await surprises(sinceMs, mayFireWith(story))).toEqual([]);
    },
    4 * DEADLINE_MS,
  );
});

it('tells of every fault of the demo', () => {
  expect(STORIES.map(({ fault }) => fault).sort()).toEqual([...FAULT_NAMES].sort());
});
