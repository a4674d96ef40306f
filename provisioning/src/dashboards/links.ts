import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';

/** The tag by which the dashboards of this folder find each other. */
export const TAG = 'evenkeel';

/** Where each domain is shown; a domain without a dashboard of its own is on the agent's. */
export const DASHBOARD_OF_DOMAIN: Readonly<Record<string, string>> = {
  system: 'evenkeel-system',
  inventory: 'evenkeel-inventory',
  api: 'evenkeel-api',
  agent: 'evenkeel-enhancements',
};

/** The other dashboards, as buttons above the first row; they open with the same data source and time. */
export function otherDashboards(): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Evenkeel')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(false)
    .includeVars(true)
    .keepTime(true);
}

/** From a value to the dashboard that explains it. */
export function toDashboard(uid: string, title: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title).url(dashboardUrl(uid));
}

/** Data source and time go along. */
export function dashboardUrl(uid: string): string {
  return `/d/${uid}?\${datasource:queryparam}&\${__url_time_range}`;
}
