import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Signal } from '@evenkeel/signals';
import { type Panel, PanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { actionsApplied, agentMayAct, ruleStates, verdictCounts } from './agent-panels.ts';
import { alertsFired, enhancementsApplied, verdictsGiven } from './annotations.ts';
import type { Board } from './board.ts';
import { labelsOf } from './domain-rows.ts';
import { BAD, GOOD, LOSS, WARN } from './palette.ts';
import { areas, bars, countOf } from './panel.ts';
import { panelId } from './panel-id.ts';
import { DATASOURCE, target } from './query.ts';
import { targetLegend } from './signal-panels.ts';
import {
  alertCounts,
  alertList,
  coverage,
  domainScores,
  furthestFromNormal,
  losses,
  missingSignals,
  scoreBounds,
  scoreOverTime,
  totalScore,
} from './score-panels.ts';

/** Plugins that may be counted on: write 'evenkeel-operations-panel' here and it is the first row. */
const PLUGINS: readonly string[] = ['evenkeel-operations-panel'];
const OPERATIONS_PANEL = 'evenkeel-operations-panel';

/** What the panel of this dashboard can be narrowed to; series of no site or service stay. */
const CHOICES: Board['choices'] = [
  { label: 'site', from: 'inventory_skus' },
  { label: 'job', from: 'http_server_request_duration_seconds_count' },
];

const DAY_SECONDS = 86_400;

/** The first dashboard: are we sound, what costs points, what is about to go wrong, what did the agent do. */
export function operationsBoard(signals: readonly Signal[], domains: readonly string[]): Board {
  const labels = labelsOf(signals);
  return {
    uid: 'evenkeel-operations',
    title: 'Operations overview',
    description:
      'Are we sound, what costs points, what is about to go wrong, what did the agent do, and what is not known.',
    choices: PLUGINS.includes(OPERATIONS_PANEL) ? CHOICES : [],
    annotations: [alertsFired(), enhancementsApplied(), verdictsGiven()],
    rows: [
      ...(PLUGINS.includes(OPERATIONS_PANEL) ? [{ title: 'Operations', panels: [operationsPanel()] }] : []),
      { title: 'Are we sound?', panels: areWeSound(domains, labels) },
      { title: 'What costs points?', panels: [lossesOfAll(), lossesOverTime()] },
      { title: 'What is about to go wrong?', panels: aboutToGoWrong(signals, labels) },
      { title: 'What did the agent do?', panels: [ruleStates('', 16), verdictCounts('', 8)] },
      { title: 'What is not known?', panels: [coverage(), scoreBounds(), missingSignals(), targetsDown()] },
    ],
  };
}

function areWeSound(domains: readonly string[], labels: readonly string[]): Builder<Panel>[] {
  return [
    totalScore(),
    domainScores(domains),
    alertCounts(),
    agentMayAct(),
    actionsApplied(),
    alertList({
      title: 'Firing alerts',
      description: 'What fires now. The page of each alert says what it means and what to do: docs/alerts.',
      state: 'firing',
      labels,
      width: 24,
    }),
    scoreOverTime(),
  ];
}

/** Each loss by what it costs the score of the operation: the domains' weights are in it. */
function inPointsOfTheTotal(expr: string): string {
  return `${expr} * on (domain) group_left () evenkeel:score:domain_weight / on () group_left () sum(evenkeel:score:domain_weight and on (domain) evenkeel:score:domain)`;
}

function lossesOfAll(): Builder<Panel> {
  return bars({
    title: 'What costs points now',
    description:
      'Points that are missing to 100 in the score of the operation, the dearest first. Domains whose score is withheld are left out.',
    unit: 'suffix: points',
    width: 12,
    height: 9,
    queries: [
      {
        expr: `topk(10, (${inPointsOfTheTotal(losses(''))} and on (domain) evenkeel:score:domain) > 0)`,
        legend: '{{domain}}: {{signal}}',
      },
    ],
    steps: LOSS,
    decimals: 1,
    noValue: 'nothing',
  });
}

function lossesOverTime(): Builder<Panel> {
  return areas({
    title: 'Points lost over time',
    description: 'The same over time: the height is 100 less the score of the operation.',
    unit: 'suffix: points',
    width: 12,
    height: 9,
    queries: [
      {
        expr: `${inPointsOfTheTotal(losses(''))} and on (domain) evenkeel:score:domain`,
        legend: '{{domain}}: {{signal}}',
      },
    ],
  });
}

function aboutToGoWrong(signals: readonly Signal[], labels: readonly string[]): Builder<Panel>[] {
  return [
    alertList({
      title: 'Pending alerts',
      description: 'Beyond their threshold, but not for long enough to fire.',
      state: 'pending',
      labels,
      width: 7,
    }),
    furthestFromNormal({ matcher: '', labels, width: 7 }),
    ...(signals.some(isPredictedByNumber) ? [untilTheLimit(signals, labels)] : []),
    coverLeft(),
  ];
}

function isPredictedByNumber({ predict }: Signal): boolean {
  return typeof predict?.limit === 'number';
}

/** By the trend of the last hour; signals that do not go there are left out. */
function untilTheLimit(signals: readonly Signal[], labels: readonly string[]): Builder<Panel> {
  const ways = signals.flatMap(({ name, predict }) => {
    if (predict === undefined || typeof predict.limit === 'string') return [];
    const level = `evenkeel:signal:level{signal="${name}"}`;
    const bad = predict.side === 'above' ? '> 0' : '< 0';
    return [`(${predict.limit} - ${level}) / (deriv(${level}[1h]) ${bad})`];
  });
  return bars({
    title: 'Time to the limit',
    description:
      'How long until a signal is at the limit that signals.yml predicts for, if it goes on as in the last hour; only what is within 30 days.',
    unit: 's',
    width: 6,
    height: 7,
    queries: [
      {
        expr: `sort((${ways.join(' or ')}) < ${30 * DAY_SECONDS})`,
        legend: `{{signal}} ${targetLegend(labels)}`,
      },
    ],
    steps: {
      from: BAD,
      steps: [
        [4 * 3_600, WARN],
        [3 * DAY_SECONDS, GOOD],
      ],
    },
    max: 30 * DAY_SECONDS,
    noValue: 'none is on its way',
  });
}

/** Stock against the time that it takes to get more. */
function coverLeft(): Builder<Panel> {
  const leadTime =
    'histogram_quantile(0.9, sum by (site, le) (inventory_supplier_lead_time_seconds_bucket) > 0)';
  return countOf({
    title: 'Cover beyond lead time',
    description:
      'How long the stock of a site lasts after an order placed now has arrived (nine of ten do within that time). Negative: it runs out first. It takes a week of orders to know.',
    unit: 's',
    width: 4,
    height: 7,
    queries: [
      { expr: `min by (site) (inventory_cover_seconds) - on (site) ${leadTime}`, legend: '{{site}}' },
    ],
    steps: {
      from: BAD,
      steps: [
        [0, WARN],
        [7 * DAY_SECONDS, GOOD],
      ],
    },
    noValue: 'not known',
  });
}

function targetsDown(): Builder<Panel> {
  return countOf({
    title: 'Scrapes failing',
    description: 'Targets that Prometheus cannot read: everything that comes from them is missing.',
    unit: 'none',
    width: 6,
    height: 7,
    queries: [{ expr: 'count by (job) (up == 0)', legend: '{{job}}' }],
    steps: { from: BAD, steps: [] },
    noValue: 'none',
  });
}

/** What the panel reads; docs/panel.md says what each is for. */
const READ_BY_THE_PANEL = [
  'evenkeel:score:(total|domain|bound|coverage|loss|critical_loss|cap_loss|domain_weight|signal|utility|weight|critical|anchor)',
  'evenkeel:signal:(value|level|info|threshold)',
  'evenkeel:baseline:(center|scale|ready)',
  'evenkeel_agent_(episodes_total|suppressions_total|actions_total|rule_state)',
  'ALERTS',
  'ALERTS_FOR_STATE',
];

/** The plugin finds its figures by name and labels; nothing needs to be set. */
function operationsPanel(): Builder<Panel> {
  // A score has neither label and stays, whatever is chosen.
  const selector = `{__name__=~"${READ_BY_THE_PANEL.join('|')}", site=~"$site|", job=~"$job|"}`;
  return new PanelBuilder()
    .type(OPERATIONS_PANEL)
    .id(panelId('operations panel'))
    .title('Operations')
    .description('The score and what costs it points, trends, alerts, and what the agent did.')
    .span(24)
    .height(18)
    .datasource(DATASOURCE)
    .targets([target({ expr: selector }, 'range', 0)]);
}
