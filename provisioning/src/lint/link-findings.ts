import type { Diagnostic } from '@evenkeel/toolkit';
import { dashboardOf } from './dashboard.ts';
import { textsOf } from './panel-findings.ts';
import type { JsonFile, PlacedFile } from './placed-file.ts';
import type { Project } from './project.ts';
import { type PlacedRule, rulesOf } from './rules.ts';

/** Links from dashboards to dashboards, and from alerts to dashboards and to their page in docs/alerts. */
export function linkFindings(project: Project): Diagnostic[] {
  const dashboards = project.dashboards.map(dashboardOf);
  const uids = new Set(dashboards.map(({ uid }) => uid));
  const tags = new Set(dashboards.flatMap(({ tags = [] }) => tags));
  return [
    ...project.dashboards.flatMap((document) => [
      ...[...textsOf(dashboardOf(document))].flatMap((link) => unknownDashboard(document, link, uids)),
      ...unknownTags(document, tags),
    ]),
    ...rulesOf(project.rules).flatMap((rule) => alertLinkFindings(project, rule, uids)),
  ];
}

interface Link {
  path: readonly PropertyKey[];
  text: string;
}

function unknownDashboard(
  document: PlacedFile,
  { path, text }: Link,
  uids: ReadonlySet<string | undefined>,
): Diagnostic[] {
  const uid = /\/d\/([\w-]+)/.exec(text)?.[1];
  if (uid === undefined || uids.has(uid)) return [];
  return [document.atValue(path, { code: 'DASHBOARD_UNKNOWN', message: `there is no dashboard ${uid}` })];
}

/** Links to all dashboards with a tag. */
function unknownTags(document: JsonFile, known: ReadonlySet<string>): Diagnostic[] {
  return (dashboardOf(document).links ?? []).flatMap(({ tags = [] }, link) =>
    tags
      .map((tag, index) => ({ tag, path: ['links', link, 'tags', index] }))
      .filter(({ tag }) => !known.has(tag))
      .map(({ tag, path }) =>
        document.atValue(path, { code: 'DASHBOARD_UNKNOWN', message: `no dashboard has the tag ${tag}` }),
      ),
  );
}

function alertLinkFindings(
  project: Project,
  rule: PlacedRule,
  uids: ReadonlySet<string | undefined>,
): Diagnostic[] {
  const { dashboard_url: dashboard, runbook_url: runbook } = rule.annotations ?? {};
  const path = (name: string) => [...rule.path, 'annotations', name];
  const page = /docs\/[\w/.-]+\.md/.exec(runbook ?? '')?.[0];
  return [
    ...(dashboard === undefined
      ? []
      : unknownDashboard(project.rules, { path: path('dashboard_url'), text: dashboard }, uids)),
    // A reader of the first page expects that every alert has one.
    ...(page === undefined || !project.exists('docs/alerts') || project.exists(page)
      ? []
      : [
          project.rules.atValue(path('runbook_url'), {
            code: 'RUNBOOK_MISSING',
            message: `${page} of ${rule.alert ?? ''} is not there`,
          }),
        ]),
  ];
}
