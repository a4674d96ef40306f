import { type ApiSeries, instant, lastOf, named, range, withoutName } from './answers.ts';

/** A query as it stands in a dashboard. */
export interface Target {
  refId: string;
  expr: string;
  format: 'time_series' | 'table' | 'heatmap';
  range: boolean;
  instant: boolean;
  legendFormat: string;
}

/** The queries of a panel, and what Prometheus answers to each that is sent: of a query for both, the instant is apart. */
export interface Panel {
  targets: readonly Target[];
  answers: Readonly<Record<string, readonly ApiSeries[]>>;
}

/** The front end's name for the instant of a query that asks for both. */
export const INSTANT_OF_BOTH = '-Instant';

const TOTAL = 'evenkeel:score:total';
const DOMAIN = 'evenkeel:score:domain';
const BOTH = `{__name__=~"${TOTAL}|${DOMAIN}"}`;

const target = (refId: string, expr: string, rest: Partial<Target> = {}): Target => ({
  ...{ refId, expr, format: 'time_series', range: true, instant: false, legendFormat: '__auto' },
  ...rest,
});
const AT_ONCE = { range: false, instant: true } as const;
const TABLE = { format: 'table' } as const;

const one = (only: Target, answer: readonly ApiSeries[]): Panel => ({
  targets: [only],
  answers: { [only.refId]: answer },
});
const several = (...panels: readonly Panel[]): Panel => ({
  targets: panels.flatMap(({ targets }) => targets),
  answers: Object.assign({}, ...panels.map(({ answers }) => answers)) as Panel['answers'],
});
const rangeAndInstant = (rest: Partial<Target>): Panel => ({
  targets: [target('A', BOTH, { range: true, instant: true, ...rest })],
  answers: {
    A: range(TOTAL, DOMAIN),
    [`A${INSTANT_OF_BOTH}`]: lastOf(range(TOTAL, DOMAIN)),
  },
});

const WORST = 'min(evenkeel:score:domain)';
const BY_DOMAIN = 'max by (domain) (evenkeel:score:domain)';

/** Every way in which a panel may ask for series of ours, and what makes the answers to it differ. */
export const PANELS: Readonly<Record<string, Panel>> = {
  'series with automatic legends': one(target('A', DOMAIN), range(DOMAIN)),
  'one series with an automatic legend': one(target('A', TOTAL), range(TOTAL)),
  'series of two metrics with automatic legends': one(target('A', BOTH), range(TOTAL, DOMAIN)),
  'series without legends': one(target('A', BOTH, { legendFormat: '' }), range(TOTAL, DOMAIN)),
  'series with a template as legend': one(
    target('A', DOMAIN, { legendFormat: '{{ domain }} of {{site}}' }),
    range(DOMAIN),
  ),
  'series with a fixed legend': one(target('A', BOTH, { legendFormat: 'Score' }), range(TOTAL, DOMAIN)),
  'instants with automatic legends': one(target('A', 'ALERTS', AT_ONCE), instant('ALERTS')),
  'instants without legends': one(
    target('A', 'evenkeel:score:bound', { ...AT_ONCE, legendFormat: '' }),
    instant('evenkeel:score:bound'),
  ),
  'series and instants of one query': rangeAndInstant({}),
  'series of two queries': several(
    one(target('A', TOTAL), range(TOTAL)),
    one(target('B', DOMAIN, { legendFormat: '' }), range(DOMAIN)),
  ),
  'series whose name an aggregation took': one(target('A', BY_DOMAIN), withoutName(range(DOMAIN))),
  'series whose name an aggregation took, without legends': one(
    target('A', BY_DOMAIN, { legendFormat: '' }),
    withoutName(range(DOMAIN)),
  ),
  'instants whose name an aggregation took': one(
    target('A', BY_DOMAIN, AT_ONCE),
    withoutName(instant('evenkeel:score:domain_weight')),
  ),
  'a series without any label': one(target('A', WORST), [{ ...range(DOMAIN)[0]!, metric: {} }]),
  'samples that are no finite numbers': one(target('A', 'evenkeel:signal:value'), [
    named('evenkeel:signal:value', { signal: 'api_error_ratio' }, ['NaN', '0.5', '+Inf', '-Inf']),
  ]),
  'a table of instants': one(
    target('A', 'evenkeel:score:bound', { ...TABLE, ...AT_ONCE }),
    instant('evenkeel:score:bound'),
  ),
  'a table of a range, whose rows are sorted': one(target('A', BOTH, TABLE), range(TOTAL, DOMAIN)),
  'a table of one series': one(target('A', TOTAL, TABLE), range(TOTAL)),
  'a table of series with other labels each': one(
    target('A', '{__name__=~"evenkeel:score:(anchor|coverage)|ALERTS"}', { ...TABLE, ...AT_ONCE }),
    instant('evenkeel:score:coverage', 'evenkeel:score:anchor', 'ALERTS'),
  ),
  'a table with a legend': one(target('A', DOMAIN, { ...TABLE, legendFormat: '{{domain}}' }), range(DOMAIN)),
  'a table whose name an aggregation took': one(target('A', BY_DOMAIN, TABLE), withoutName(range(DOMAIN))),
  'a table of samples that are no finite numbers': one(target('A', 'evenkeel:signal:value', TABLE), [
    named('evenkeel:signal:value', { signal: 'api_error_ratio' }, ['NaN', '0.5', '+Inf', '-Inf']),
    named('evenkeel:signal:value', { signal: 'api_latency_p95_seconds' }, ['1', '2', 'NaN', '3']),
  ]),
  'a table and instants of one query': rangeAndInstant(TABLE),
  'two tables': several(
    one(target('A', DOMAIN, TABLE), range(DOMAIN)),
    one(target('B', TOTAL, { ...TABLE, ...AT_ONCE }), lastOf(range(TOTAL))),
  ),
  'a table beside series': several(
    one(target('A', 'evenkeel:score:bound', { ...TABLE, ...AT_ONCE }), instant('evenkeel:score:bound')),
    one(target('B', TOTAL), range(TOTAL)),
  ),
  'heatmaps that are none': one(target('A', BOTH, { format: 'heatmap' }), range(TOTAL, DOMAIN)),
  'no series': one(target('A', 'ALERTS'), []),
  'no instants': one(target('A', 'ALERTS', AT_ONCE), []),
  'an empty table': one(target('A', 'ALERTS', { ...TABLE, ...AT_ONCE }), []),
  'an empty table beside another': several(
    one(target('A', 'ALERTS', { ...TABLE, ...AT_ONCE }), []),
    one(target('B', TOTAL, TABLE), range(TOTAL)),
  ),
  'an empty table beside series': several(
    one(target('A', TOTAL), range(TOTAL)),
    one(target('B', 'ALERTS', { ...TABLE, ...AT_ONCE }), []),
  ),
  'an empty heatmap': one(target('A', 'ALERTS', { format: 'heatmap' }), []),
};
