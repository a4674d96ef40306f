import { durationToMs } from '@evenkeel/signals/duration';
import type { EventKind } from '../../model/event.ts';
import {
  DECISION_KINDS,
  reportAlerts,
  reportApprovals,
  reportDecisions,
  reportEpisode,
  reportEpisodes,
  reportFacts,
  reportPauses,
  reportRules,
  reportSources,
  reportSummary,
} from '../../views/index.ts';
import type { ApiContext } from '../context.ts';
import type { Handlers } from '../handler.ts';
import { findPage, type PageQuery } from '../pages.ts';
import { invalidInput, notFound } from '../problems.ts';

type Reads =
  | 'listRules'
  | 'listFacts'
  | 'listSources'
  | 'listPauses'
  | 'listDecisions'
  | 'listEpisodes'
  | 'getEpisode'
  | 'listAlerts'
  | 'listApprovals'
  | 'getReport'
  | 'getLeader';

const LONGEST_REPORT_MS = 7 * 86_400_000;

/** Everything that can be looked at. */
export function readHandlers(context: ApiContext): Pick<Handlers, Reads> {
  const { journal, clock, history, engines, facts, leadership } = context;
  const page = (kinds: readonly EventKind[], query: PageQuery) => findPage(journal, kinds, query);
  return {
    listRules() {
      const rules = engines().map(({ rule }) => rule);
      return { body: { items: reportRules(rules, history(), clock.now()) } };
    },
    listFacts: () => ({ body: reportFacts(facts()) }),
    listSources: () => ({ body: { items: reportSources(context.sources()) } }),
    listPauses: async () => ({ body: reportPauses(history(), await context.killSwitch(), clock.now()) }),
    listApprovals: () => ({ body: { items: reportApprovals(history()) } }),
    async listDecisions({ query }) {
      const { rows, next_cursor } = await page(DECISION_KINDS, query);
      return { body: { items: reportDecisions(rows), next_cursor } };
    },
    async listEpisodes({ query }) {
      const { rows, next_cursor } = await page(['decided'], query);
      return { body: { items: await reportEpisodes(journal, rows), next_cursor } };
    },
    async listAlerts({ query }) {
      const { rows, next_cursor } = await page(['alert_received'], query);
      return { body: { items: reportAlerts(rows), next_cursor } };
    },
    async getEpisode({ path: { id } }) {
      const body = await reportEpisode(journal, id);
      if (body === undefined) throw notFound(`there is no episode ${id}`);
      return { body };
    },
    async getReport({ query: { last = '1d' } }) {
      const lastMs = durationToMs(last) ?? Infinity;
      if (lastMs > LONGEST_REPORT_MS) throw invalidInput([{ field: 'last', message: '7d at most' }]);
      const toMs = clock.now();
      return { body: await reportSummary(journal, history(), { fromMs: toMs - lastMs, toMs }) };
    },
    getLeader() {
      const { holder = null, url = '' } = leadership.leader() ?? {};
      return { body: { leads: leadership.leads(), holder, url: url === '' ? null : url } };
    },
  };
}
