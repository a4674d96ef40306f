import { type Clock, EvenkeelError, messageOf } from '@evenkeel/toolkit';

/** What one look saw: the step is done, with the text for the timeline, or what is there instead. */
export type Sight = { done: string } | { seen: string };

export interface Step {
  name: string;
  deadlineMs: number;
  look: () => Promise<Sight>;
}

const PAUSE_MS = 500;

/**
 * Looks until a step has happened.
 *
 * @returns the text of the step for the timeline
 * @throws EvenkeelError EPISODE_FAILED after the step's deadline, with what was seen last
 */
export async function takeStep({ name, deadlineMs, look }: Step, clock: Clock): Promise<string> {
  const endsAtMs = clock.now() + deadlineMs;
  let seen: string;
  do {
    try {
      const sight = await look();
      if ('done' in sight) return sight.done;
      seen = sight.seen;
    } catch (error) {
      seen = messageOf(error);
    }
    await clock.sleep(PAUSE_MS);
  } while (clock.now() < endsAtMs);
  throw new EvenkeelError(
    'EPISODE_FAILED',
    `"${name}" did not happen within ${deadlineMs / 1000} s; seen: ${seen}`,
  );
}
