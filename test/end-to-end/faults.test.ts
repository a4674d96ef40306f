import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FAULT_NAMES } from '@evenkeel/demo';
import {
  ALWAYS,
  type FaultStory,
  mayFireWith,
  OF_THE_HOST,
  type Reasons,
  SHOWN_ELSEWHERE,
  SYSTEMS,
} from './fault-stories.ts';
import { Observer } from './observer.ts';
import { eventually, pause, StartedSystem } from './started-system.ts';

/** Utilities are 0.90 where a signal is good and 0.50 where it is poor; in between the alert may be on its way. */
const MOVED = 0.75;
/** By so much a fault must raise what it raises besides. */
const RAISED = 1.5;
/** Two evaluations of the rules, and a little. */
const JUST_NOW_MS = 5_000;
/** Far more than a quiet machine needs for anything here. */
const DEADLINE_MS = 240_000;

describe.each(SYSTEMS)('$what, with the agent paused', ({ daysPerMinute, quietMs, stories }) => {
  let system: StartedSystem;
  let observer: Observer;
  let startedMs: number;

  beforeAll(async () => {
    startedMs = Date.now();
    system = await StartedSystem.start('--no-grafana', `--days-per-minute=${daysPerMinute}`);
    await system.printed('Ctrl-C ends all of it.');
    observer = new Observer(system);
    await observer.pauseAgent();
    for (const { signal } of stories) await eventually(DEADLINE_MS, () => observer.utility(signal));
  }, 2 * DEADLINE_MS);
  afterAll(() => system.end());

  const surprises = async (sinceMs: number, expected: Reasons = {}) => {
    const fired = await observer.firedSince(sinceMs);
    return fired.filter((alert) => ![ALWAYS, OF_THE_HOST, expected].some((reasons) => alert in reasons));
  };

  /** A signal of the host is not ours to keep well. */
  const isWell = async ({ signal, alert }: FaultStory) =>
    alert in OF_THE_HOST || ((await observer.utility(signal))! >= MOVED && !(await observer.isFiring(alert)));

  const isCalm = async (story: FaultStory) =>
    (await surprises(Date.now() - JUST_NOW_MS)).length === 0 && (await isWell(story));

  const isSeen = async ({ signal, alert, raises }: FaultStory, before: number) => {
    const hasMoved = (await observer.utility(signal))! < MOVED && (await observer.isFiring(alert));
    return hasMoved && (raises === undefined || (await observer.value(raises))! > before * RAISED);
  };

  /** The alert of the host ends when others on it let it; that the fault costs nothing more must do. */
  const isOver = async ({ alert, raises }: FaultStory, before: number) =>
    raises === undefined
      ? !(await observer.isFiring(alert))
      : (await observer.value(raises))! < before * RAISED;

  it(
    'fire nothing in a quiet time, in which nothing costs a score',
    async () => {
      await pause(quietMs);
      expect(await surprises(startedMs)).toEqual([]);
      for (const story of stories) expect([story.signal, await isWell(story)]).toEqual([story.signal, true]);
    },
    quietMs + DEADLINE_MS,
  );

  it.each(stories)(
    '$fault costs $signal its score and fires $alert, and no other',
    async (story) => {
      const { fault, mend, raises, lasts } = story;
      await eventually(DEADLINE_MS, async () => (await isCalm(story)) || undefined);
      const before = raises === undefined ? 0 : (await observer.value(raises))!;
      const sinceMs = Date.now();
      await observer.setFault(fault, true);
      await eventually(DEADLINE_MS, async () => (await isSeen(story, before)) || undefined).finally(() =>
        observer.setFault(fault, false),
      );
      if (mend !== undefined) await observer.setKnob(mend.knob, mend.value);
      if (lasts === undefined)
        await eventually(DEADLINE_MS, async () => (await isOver(story, before)) || undefined);
      if (mend !== undefined) await observer.setKnob(mend.knob, mend.afterwards);
      expect(await surprises(sinceMs, mayFireWith(story))).toEqual([]);
    },
    3 * DEADLINE_MS,
  );
});

it('tells of every fault of the demo, or says what shows it instead', () => {
  const told = SYSTEMS.flatMap(({ stories }) => stories.map(({ fault }) => fault));
  expect([...told, ...Object.keys(SHOWN_ELSEWHERE)].sort()).toEqual([...FAULT_NAMES].sort());
});
