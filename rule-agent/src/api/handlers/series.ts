import { HttpProblem } from '@evenkeel/toolkit';
import { type EpisodeSeries, reportEpisodeSeries } from '../../views/index.ts';
import { briefly } from '../briefly.ts';
import type { ApiContext } from '../context.ts';
import type { Handlers } from '../handler.ts';
import { notFound } from '../problems.ts';

/** Four weeks of a signal are a heavier question than any other of the API: what was read is given again for a while. */
const KEPT_MS = 15_000;
const MOST_KEPT = 20;
const MOST_AT_ONCE = 2;

/** The signal of an episode. */
export function seriesHandlers(context: ApiContext): Pick<Handlers, 'getEpisodeSeries'> {
  const read = briefly((id) => readSeries(context, id), {
    ...{ clock: context.clock, keptMs: KEPT_MS, mostKept: MOST_KEPT, mostAtOnce: MOST_AT_ONCE },
  });
  return {
    async getEpisodeSeries({ path: { id } }) {
      const series = read(id);
      if (series === undefined) throw busy();
      return { body: await series };
    },
  };
}

async function readSeries({ journal, clock, askRange }: ApiContext, id: string): Promise<EpisodeSeries> {
  const found = await reportEpisodeSeries(journal, id, { read: askRange, nowMs: clock.now() });
  if (found.kind === 'unknown') throw notFound(`there is no episode ${id}`);
  if (found.kind === 'unmeasured') throw unmeasured(`nothing was measured: ${found.because}`);
  if (found.kind === 'unreadable') throw unreadable(`${found.because}; ask again later`);
  return found.series;
}

function unmeasured(detail: string): HttpProblem {
  return new HttpProblem({ status: 404, title: 'Not measured', code: 'NOT_MEASURED', detail });
}

function unreadable(detail: string): HttpProblem {
  return new HttpProblem({ status: 503, title: 'Not readable just now', code: 'SERIES_UNREADABLE', detail });
}

function busy(): HttpProblem {
  const detail = `${MOST_AT_ONCE} others are being read from Prometheus; ask again in a moment`;
  return new HttpProblem({ status: 503, title: 'Busy', code: 'SERIES_BUSY', detail });
}
