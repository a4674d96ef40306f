import { expect, it } from '@jest/globals';
import { ManualClock, silentLogger } from '@evenkeel/toolkit';
import {
  buildDecided,
  buildFacts,
  buildFinished,
  buildRule,
  buildStarted,
  POLICY,
  T0,
} from '../../test/build.ts';
import { emptyHistory, record } from '../decisions/index.ts';
import type { JournalEvent } from '../model/event.ts';
import { requestRevert } from '../verification/index.ts';
import { createVerifying } from './verifying.ts';

it('gives no verdict on an action whose revert a person asked for while the verdict was on its way', async () => {
  const history = emptyHistory();
  const decided = buildDecided();
  const { plan } = buildStarted();
  for (const event of [decided, buildStarted(), buildFinished({ plan })]) record(history, event);
  const written: JournalEvent[] = [];
  const recordIf = (make: () => readonly JournalEvent[]) => {
    record(history, requestRevert({ decided }, { by: 'ann', because: 'no', at: T0, plan }));
    written.push(...make());
    return Promise.resolve();
  };
  const clock = new ManualClock(T0 + 3_600_000);
  const verifying = createVerifying({
    ...{ history, clock, recordIf, policy: POLICY, logger: silentLogger(), intervalMs: 1_000 },
    facts: () => buildFacts(undefined, clock.now()),
    rules: () => [buildRule()],
    record: (events) => Promise.resolve(void written.push(...events)),
    isActive: () => true,
  });
  await verifying.verifyDue();
  expect(written).toEqual([]);
});
