import { METRIC, type Metric } from './contract';
import { type SeriesSet } from './series-set';

export const VIEWS = ['score', 'trends', 'alerts', 'enhancements', 'entities'] as const;
export type ViewName = (typeof VIEWS)[number];

/** Something a view shows, the series that it takes, and the query that gives them. */
export interface Need {
  view: ViewName;
  gives: string;
  /** One of these is enough. */
  anyOf: readonly Metric[];
  query: string;
  /** Without it the view has nothing to show. */
  essential: boolean;
}

const need = (view: ViewName, gives: string, rest: Omit<Need, 'view' | 'gives'>): Need => ({ view, gives, ...rest });

const SCORES = 'evenkeel:score:(total|domain|bound|coverage|loss|critical_loss|cap_loss|domain_weight)';
const WHAT_IF = 'evenkeel:score:(signal|weight|critical|anchor)';

const AGENT = [METRIC.episodes, METRIC.suppressions, METRIC.actions, METRIC.ruleState];

export const NEEDS: readonly Need[] = [
  need('score', 'the score', {
    anyOf: [METRIC.scoreTotal, METRIC.scoreDomain, METRIC.scoreBound],
    query: `{__name__=~"${SCORES}"}`,
    essential: true,
  }),
  need('score', 'what costs points', {
    anyOf: [METRIC.scoreLoss],
    query: `{__name__=~"${SCORES}"}`,
    essential: false,
  }),
  need('score', 'what an improvement would give back', {
    anyOf: [METRIC.scoreAnchor],
    query: `{__name__=~"${WHAT_IF}|${METRIC.signalLevel}"}`,
    essential: false,
  }),
  need('trends', 'signals over time', {
    anyOf: [METRIC.signalValue, METRIC.signalLevel],
    query: METRIC.signalValue,
    essential: true,
  }),
  need('trends', 'the normal range', {
    anyOf: [METRIC.baselineCenter],
    query: '{__name__=~"evenkeel:baseline:(center|scale|ready)"}',
    essential: false,
  }),
  need('trends', 'titles and alert thresholds', {
    anyOf: [METRIC.signalThreshold, METRIC.signalInfo],
    query: '{__name__=~"evenkeel:signal:(threshold|info)"}',
    essential: false,
  }),
  need('alerts', 'alerts', { anyOf: [METRIC.alerts], query: METRIC.alerts, essential: true }),
  need('alerts', 'since when', { anyOf: [METRIC.alertsForState], query: METRIC.alertsForState, essential: false }),
  need('enhancements', 'what the rule agent did', {
    anyOf: AGENT,
    query: `{__name__=~"${AGENT.join('|')}"}`,
    essential: true,
  }),
  need('entities', 'the score of each site or service', {
    anyOf: [METRIC.scoreUtility],
    query: `{__name__=~"evenkeel:score:(utility|weight|critical)"}`,
    essential: true,
  }),
];

/** What a view lacks: nobody asked for it, so no answer says that there is none. */
export function lacking(view: ViewName, series: SeriesSet): Need[] {
  return NEEDS.filter((each) => each.view === view && !each.anyOf.some((metric) => series.isAsked(metric)));
}
