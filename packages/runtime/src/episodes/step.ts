import { type Clock, EvenkeelError, messageOf } from '@evenkeel/toolkit';

/** A step that has happened, for the timeline. */
export interface Done {
  done: string;
  /** When it happened, epoch milliseconds; where nobody wrote that down it is when it was seen. */
  atMs?: number;
}

/** What one look saw: the step is done, or what is there instead. */
export type Sight = Done | { seen: string };

export interface Step {
  name: string;
  deadlineMs: number;
  look: () => Promise<Sight>;
}

const PAUSE_MS = 500;

/**
 * Looks until a step has happened.
 *
 * @throws EvenkeelError EPISODE_FAILED after the step's deadline, with what was seen last
 */
export async function takeStep({ name, deadlineMs, look }: Step, clock: Clock): Promise<Required<Done>> {
  const endsAtMs = clock.now() + deadlineMs;
  let seen: string;
  do {
    try {
      const sight = await look();
      if ('done' in sight) return { atMs: clock.now(), ...sight };
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

export interface Taken {
  /** What has happened, in the order of its times. */
  done: Required<Done>[];
  /** Why the first step that did not happen did not. */
  failure?: unknown;
}

/** Waits for steps of which nobody knows which comes first. */
export async function takeTogether(steps: readonly Step[], clock: Clock): Promise<Taken> {
  const taken = await Promise.allSettled(steps.map((step) => takeStep(step, clock)));
  const done = taken.flatMap((step) => (step.status === 'fulfilled' ? [step.value] : []));
  const failed = taken.find((step) => step.status === 'rejected');
  return {
    done: done.sort((one, other) => one.atMs - other.atMs),
    ...(failed === undefined ? {} : { failure: failed.reason as unknown }),
  };
}
