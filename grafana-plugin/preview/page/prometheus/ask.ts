import { type DataFrame, rangeUtil, type TimeRange } from '@grafana/data';
import { type AnnotationQuery, type Target } from '../dashboard/shipped';
import { type Chosen, interpolate } from '../dashboard/variables';
import { queryInstant, queryRange, type Range } from './api';
import { backendFrames } from './backend-frames';
import { panelFrames, sentTargets } from './frames';
import { marksOf } from './marks';

/** What the panels show is asked for with. */
export interface Question {
  range: TimeRange;
  chosen: Chosen;
  /** At most so many samples a series. */
  maxDataPoints: number;
}

/** The demo is scraped and evaluated more often than Prometheus' usual 15 s. */
const LEAST_STEP = '5s';

/** Asks all queries of a panel at once. */
export async function askTargets(targets: readonly Target[], question: Question): Promise<DataFrame[]> {
  const range = rangeOf(question);
  const answers = await Promise.all(
    sentTargets(targets).map(async (target) => {
      const expr = filledIn(target.expr, question, range);
      const answer = await (target.instant === true ? queryInstant(expr, range.endSeconds) : queryRange(expr, range));
      return backendFrames(answer, { target, expr, stepSeconds: range.stepSeconds });
    })
  );
  return panelFrames(answers.flat(), targets);
}

export async function askAnnotations(queries: readonly AnnotationQuery[], question: Question): Promise<DataFrame[]> {
  const range = rangeOf(question);
  return Promise.all(
    queries
      .filter(({ enable }) => enable)
      .map(async (query) =>
        marksOf(await queryRange(filledIn(query.target.expr, question, range), range), query, range.stepSeconds)
      )
  );
}

/** Start and end on multiples of the step, as Grafana asks, so that a refresh asks for the same samples again. */
export function rangeOf({ range, maxDataPoints }: Question): Range {
  const stepSeconds = Math.max(
    1,
    Math.round(rangeUtil.calculateInterval(range, maxDataPoints, LEAST_STEP).intervalMs / 1000)
  );
  const aligned = (ms: number) => Math.floor(ms / 1000 / stepSeconds) * stepSeconds;
  return { startSeconds: aligned(range.from.valueOf()), endSeconds: aligned(range.to.valueOf()), stepSeconds };
}

function filledIn(expr: string, { chosen }: Question, { startSeconds, endSeconds, stepSeconds }: Range): string {
  return interpolate(expr, { chosen, stepSeconds, rangeSeconds: endSeconds - startSeconds });
}
