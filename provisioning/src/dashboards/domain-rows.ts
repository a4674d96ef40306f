import type { Signal } from '@evenkeel/signals';
import type { Row } from './board.ts';
import { alertList, domainLosses, domainScore, furthestFromNormal, missingSignals } from './score-panels.ts';
import { signalNumber, signalPanel } from './signal-panels.ts';
import type { LabelChoice } from './variables.ts';

/** The rows of a domain that follow from its signals: how it stands, what is not right, then each signal, those in the score first. */
export function domainRows(domain: string, signals: readonly Signal[]): Row[] {
  const ours = signals.filter((signal) => signal.domain === domain);
  if (ours.length === 0) return [];
  const scored = ours.filter(({ score }) => score !== undefined);
  const watched = ours.filter(({ score }) => score === undefined);
  return [
    {
      title: 'How it stands',
      panels: [
        ...scoreOf(domain, scored),
        furthestFromNormal({ matcher: `{domain="${domain}"}`, labels: labelsOf(ours), width: 9 }),
      ],
    },
    troubleRow(domain, ours),
    { title: 'Now', panels: ours.map(signalNumber) },
    { title: 'Signals in the score', panels: scored.map(signalPanel) },
    { title: 'Signals that are watched', panels: watched.map(signalPanel), collapsed: true },
  ];
}

/** What is not right: alerts of the domain, and what is missing. */
function troubleRow(domain: string, ours: readonly Signal[]): Row {
  return {
    title: 'Alerts and what is missing',
    panels: [
      alertList({
        title: 'Firing alerts',
        description: 'What fires in this domain now; docs/alerts has a page for each.',
        state: 'firing',
        domain,
        labels: labelsOf(ours),
        width: 18,
      }),
      missingSignals(`{domain="${domain}"}`),
    ],
  };
}

/** A variable for each label by which signals of the domain are told apart, after those that the other rows need. */
export function domainChoices(
  domain: string,
  signals: readonly Signal[],
  needed: readonly LabelChoice[],
): LabelChoice[] {
  const labels = new Set(labelsOf(signals.filter((signal) => signal.domain === domain)));
  for (const { label } of needed) labels.delete(label);
  return [
    ...needed,
    ...[...labels].map((label) => ({ label, from: `evenkeel:signal:value{domain="${domain}"}` })),
  ];
}

/** The labels by which any of the signals is told apart. */
export function labelsOf(signals: readonly Signal[]): string[] {
  return [...new Set(signals.flatMap(({ by }) => by))];
}

function scoreOf(domain: string, scored: readonly Signal[]): Row['panels'] {
  return scored.length === 0 ? [] : [domainScore(domain), domainLosses(domain)];
}
