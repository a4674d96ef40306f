import { type Labels } from '@grafana/data';

/** One text for a signal of a domain. */
export function signalKey({ domain, signal }: Labels): string {
  return `${domain}/${signal}`;
}
