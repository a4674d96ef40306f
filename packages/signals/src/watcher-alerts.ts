import { annotate, type RuleContext } from './annotations.ts';
import { type AlertingRule, withRanges } from './rules.ts';
import type { Severity } from './signal.ts';

/** An alert on what watches, or on a service as a whole, as provisioning/watchers.yml describes it. */
export interface Watcher {
  /** Without the prefix, in CamelCase. */
  name: string;
  severity: Severity;
  domain: string;
  /** PromQL with the ranges of a timing. */
  expr: string;
  /** How long it must last; the timing's `for` without it. */
  for?: string | undefined;
  summary: string;
  description: string;
}

export function watcherAlert(watcher: Watcher, { timing, links }: RuleContext): AlertingRule {
  const { name, severity, domain } = watcher;
  const alert = `Evenkeel${name}`;
  const lasting = watcher.for ?? timing.for;
  const text = (template: string) => withRanges(template, timing).replaceAll('$for', lasting);
  return {
    alert,
    expr: withRanges(watcher.expr, timing),
    for: lasting,
    keep_firing_for: timing.keepFiringFor,
    labels: { severity, domain },
    annotations: annotate(
      { alert, domain, summary: text(watcher.summary), description: text(watcher.description) },
      links,
    ),
  };
}
