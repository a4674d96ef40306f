import { randomUUID } from 'node:crypto';
import { durationToMs } from '@evenkeel/signals/duration';
import type { Pause } from '../../model/event.ts';
import { toPauseShape } from '../../views/index.ts';
import type { ApiContext } from '../context.ts';
import type { Call, Handlers } from '../handler.ts';
import { noteWith } from '../note.ts';
import { invalidInput, notFound } from '../problems.ts';
import { timeOf } from '../time-of.ts';

/** Stopping and going on: without a rule a pause stops everything. */
export function pauseHandlers(context: ApiContext): Pick<Handlers, 'createPause' | 'deletePause'> {
  const { history, clock, engines } = context;
  const note = noteWith(context);
  return {
    async createPause({ body, caller }) {
      const pause = toPause(body, caller, clock.now());
      await note(() => {
        if (pause.rule !== undefined && !engines().some(({ rule }) => rule.name === pause.rule)) {
          throw invalidInput([{ field: 'rule', message: `there is no rule ${pause.rule}` }], 'RULE_UNKNOWN');
        }
        return { kind: 'pause_created', at: pause.createdAt, pause };
      });
      return {
        status: 201,
        headers: { Location: `/api/v1/pauses/${pause.id}` },
        body: toPauseShape(pause),
      };
    },
    async deletePause({ path: { id }, caller }) {
      await note(() => {
        if (!history().pauses.has(id)) throw notFound(`there is no pause ${id}`);
        return { kind: 'pause_ended', at: clock.now(), id, endedBy: caller };
      });
      return {};
    },
  };
}

function toPause(input: Call<'createPause'>['body'], createdBy: string, nowMs: number): Pause {
  const { reason, rule, ends_at: endsAt, duration } = input;
  if (endsAt !== undefined && duration !== undefined) {
    throw invalidInput([{ field: 'duration', message: 'give ends_at or duration, not both' }]);
  }
  const pause: Pause = { id: randomUUID(), reason, createdBy, createdAt: nowMs };
  if (rule !== undefined) pause.rule = rule;
  const end =
    endsAt === undefined ? duration && endOf(duration, nowMs, 'duration') : timeOf(endsAt, 'ends_at');
  if (typeof end === 'number')
    pause.endsAt = requireSoon(end, nowMs, endsAt === undefined ? 'duration' : 'ends_at');
  return pause;
}

const YEAR_MS = 365 * 86_400_000;

/** A pause that is over already stops nothing; one of more than a year is a mistake, or a rule that should be off. */
function requireSoon(endMs: number, nowMs: number, field: string): number {
  if (endMs <= nowMs) throw invalidInput([{ field, message: 'must end in the future' }]);
  if (endMs > nowMs + YEAR_MS) throw invalidInput([{ field, message: 'must end within a year' }]);
  return endMs;
}

/** The longest time that a date can hold is past any use. */
const LONGEST_MS = 100 * 365 * 86_400_000;

/** The end of a time that begins now. @throws HttpProblem 422 for more than a hundred years */
export function endOf(duration: string, nowMs: number, field: string): number {
  // The contract holds its form; one that is no duration all the same is too long for one.
  const lastsMs = durationToMs(duration) ?? Infinity;
  if (lastsMs > LONGEST_MS) throw invalidInput([{ field, message: '36500d at most' }]);
  return nowMs + lastsMs;
}
