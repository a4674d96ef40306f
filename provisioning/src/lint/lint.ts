import type { Diagnostic } from '@evenkeel/toolkit';
import { dashboardQueryFindings } from './dashboard-queries.ts';
import { linkFindings } from './link-findings.ts';
import { metricBook } from './metric-book.ts';
import { panelFindings } from './panel-findings.ts';
import type { Project } from './project.ts';
import { agentRuleFindings, ruleFindings, signalFindings } from './query-findings.ts';
import { rulesOf } from './rules.ts';

/** Whether everything that is asked for exists: metrics, labels, dashboards, pages. */
export function lint(project: Project): Diagnostic[] {
  const rules = rulesOf(project.rules);
  const book = metricBook(project.catalogue, rules);
  return [
    ...signalFindings(project, book),
    ...ruleFindings(project, rules, book),
    ...agentRuleFindings(project, book),
    ...project.dashboards.flatMap((document) => [
      ...dashboardQueryFindings(document, book),
      ...panelFindings(document),
    ]),
    ...linkFindings(project),
  ];
}
