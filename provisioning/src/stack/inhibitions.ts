/** The labels that tell the targets of an alert apart; one that both sides lack counts as equal. */
export const TARGET_LABELS: readonly string[] = ['job', 'instance', 'site', 'probe', 'rule', 'currency'];

interface Inhibition {
  source_matchers: readonly string[];
  target_matchers: readonly string[];
  equal?: readonly string[];
}

const alert = (...names: string[]) => `alertname=~"${names.map((name) => `Evenkeel${name}`).join('|')}"`;
const SERIOUS = 'severity=~"warning|critical"';

/** Alerts that say nothing new while another one fires: a cause over its consequences, the worse over the milder. */
export const INHIBITIONS: readonly Inhibition[] = [
  // The worse over the milder, of one signal on one target.
  {
    source_matchers: ['severity="critical"', 'signal!=""'],
    target_matchers: ['severity=~"warning|info"'],
    equal: ['signal', ...TARGET_LABELS],
  },
  {
    source_matchers: ['severity="warning"', 'signal!=""'],
    target_matchers: ['severity="info"'],
    equal: ['signal', ...TARGET_LABELS],
  },
  // What an exporter does not give cannot be judged: hosts, inventory and probes are all its own.
  {
    source_matchers: [alert('ExporterDown')],
    target_matchers: [alert('CollectorFailing', 'FiguresOld', 'SeriesDropped', 'DatabaseDown')],
    equal: ['instance'],
  },
  {
    source_matchers: [alert('ExporterDown')],
    target_matchers: [alert('SignalAbsent'), 'domain=~"system|inventory|api"'],
  },
  // A service that is down has no response times, and its probes fail.
  {
    source_matchers: [alert('ServiceDown')],
    target_matchers: ['domain=~"api|system"', 'signal!=""', SERIOUS],
    equal: ['job'],
  },
  { source_matchers: [alert('ServiceDown')], target_matchers: [alert('ProbeSuccessLow')] },
  // Without the database there are no figures of stock and orders.
  {
    source_matchers: [alert('DatabaseDown')],
    target_matchers: [alert('SignalAbsent'), 'domain="inventory"'],
  },
  {
    source_matchers: [alert('DatabaseDown')],
    target_matchers: [alert('CollectorFailing', 'FiguresOld'), 'collector=~"inventory|sql"'],
    equal: ['instance'],
  },
  // An agent that is down neither cycles nor counts.
  {
    source_matchers: [alert('AgentDown', 'AgentNotCycling')],
    target_matchers: ['domain="agent"', SERIOUS, 'signal!=""'],
  },
  {
    source_matchers: [alert('AgentDown')],
    target_matchers: [
      alert(
        ...['AgentNotCycling', 'AgentBehind', 'AgentJournalFailing', 'AgentRulesNotLoaded', 'ActionFailing'],
        ...['AgentSourceUnwell', 'AgentClockSkew'],
      ),
    ],
    equal: ['instance'],
  },
  // The rules are behind everything that is recorded.
  {
    source_matchers: [alert('RuleEvaluationFailing')],
    target_matchers: [alert('SignalAbsent')],
  },
  // A low score is explained by what costs it points.
  {
    source_matchers: [SERIOUS, 'signal!=""'],
    target_matchers: [alert('ScoreLow'), 'domain!="total"'],
    equal: ['domain'],
  },
  {
    source_matchers: [SERIOUS, 'signal!=""'],
    target_matchers: [alert('ScoreLow'), 'domain="total"'],
  },
];
