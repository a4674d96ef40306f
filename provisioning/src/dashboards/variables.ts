import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCE } from './query.ts';

/** Which Prometheus; everything else in a dashboard follows from it. */
export function datasourceVariable(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus');
}

/** A label to choose values of; all of them by default. */
export interface LabelChoice {
  label: string;
  /** Selects the series whose values are offered. */
  from: string;
}

const TITLES: Readonly<Record<string, string>> = {
  job: 'Service',
  instance: 'Instance',
  site: 'Site',
  rule: 'Rule',
};

export function titleOfLabel(label: string): string {
  return TITLES[label] ?? label;
}

/** All stands for `.*`, which series without the label match too. */
export function labelVariable({ label, from }: LabelChoice): QueryVariableBuilder {
  const query = `label_values(${from}, ${label})`;
  return new QueryVariableBuilder(label)
    .label(titleOfLabel(label))
    .datasource(DATASOURCE)
    .query({ query, refId: 'StandardVariableQuery' })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}
