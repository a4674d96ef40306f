import { expect, it } from '@jest/globals';
import { emptyHistory } from '../decisions/index.ts';
import type { Journal, Recorder } from '../journal/index.ts';
import { createStandby } from './standby.ts';

it('takes over again when the lead was lost and taken again between two looks: another agent may have acted', async () => {
  let token = 1;
  let caughtUp = 0;
  let takenOver = 0;
  const standby = createStandby({
    leadership: { leads: () => true, token: () => token, leader: () => undefined },
    journal: { lastBeatMs: () => Promise.resolve(0) } as Partial<Journal> as Journal,
    recorder: {
      catchUp: () => Promise.resolve(void (caughtUp += 1)),
      record: () => Promise.resolve(void (takenOver += 1)),
    } as Partial<Recorder> as Recorder,
    history: emptyHistory(),
    onLead: () => [],
  });
  await standby.update();
  expect({ active: standby.isActive(), takenOver }).toEqual({ active: true, takenOver: 1 });
  token = 3;
  expect(standby.isActive()).toBe(false);
  await standby.update();
  expect({ active: standby.isActive(), takenOver, caughtUp }).toEqual({
    ...{ active: true, takenOver: 2, caughtUp: 2 },
  });
});
