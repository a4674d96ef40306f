import type { HttpClient } from '../../rule-agent/src/http/client.ts';
import { createPrometheus, type Prometheus } from '../../rule-agent/src/prometheus/client.ts';

/** The Prometheus that the agent asks, at a time that is over: the same instant queries, evaluated then. */
export function askedThen(url: string, http: HttpClient, clock: { now: () => number }): Prometheus {
  const then: Pick<HttpClient, 'send'> = {
    send: (request) => http.send({ ...request, body: `${request.body}&time=${clock.now() / 1000}` }),
  };
  const agentClock = { now: clock.now, sleep: () => Promise.resolve() };
  return createPrometheus({ url, http: { ...http, ...then }, clock: agentClock });
}
