import type { AlertReceived } from '../../model/event.ts';
import { type Labels, targetKey } from '../../model/target.ts';

/** An alert of a delivery, as far as it does not depend on the rest of it. */
export type DeliveredAlert = Pick<
  AlertReceived,
  'status' | 'labels' | 'annotations' | 'startsAt' | 'endsAt' | 'generatorUrl' | 'fingerprint'
>;

/** Alertmanager and Grafana write the year 1 for a time that there is not. */
const NO_TIME = '0001-01-01T00:00:00Z';

/** Reads one alert. @throws Error that says what is wrong with it */
export function toDeliveredAlert(given: unknown): DeliveredAlert {
  if (typeof given !== 'object' || given === null) throw new Error('expected an object');
  const { status, startsAt, ...rest } = given as Record<string, unknown>;
  if (status !== 'firing' && status !== 'resolved') throw new Error('status: expected firing or resolved');
  if (typeof startsAt !== 'string') throw new Error('startsAt: expected a time');
  const labels = labelsOf('labels', rest.labels);
  return {
    ...{ status, startsAt, labels, annotations: labelsOf('annotations', rest.annotations ?? {}) },
    endsAt: textOf('endsAt', rest.endsAt).replace(NO_TIME, ''),
    generatorUrl: textOf('generatorURL', rest.generatorURL),
    fingerprint: textOf('fingerprint', rest.fingerprint) || targetKey(labels),
  };
}

function labelsOf(field: string, given: unknown): Labels {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  if (isObject && Object.values(given).every((value) => typeof value === 'string')) return given as Labels;
  throw new Error(`${field}: expected names with texts`);
}

function textOf(field: string, given: unknown): string {
  const text = given ?? '';
  if (typeof text === 'string') return text;
  throw new Error(`${field}: expected a text`);
}
