import type { Collector } from '../model/collector.ts';
import { type Family, gauge, type Labels } from '../model/family.ts';
import { type ProbeAnswer, probeHttp, type ProbeRequest } from '../sources/http-probe.ts';
import { PROBE_PHASES } from '../sources/phase-stopwatch.ts';
import { judgeProbe, type ProbeExpectation } from './probe-verdict.ts';

export interface ProbeTarget {
  name: string;
  request: ProbeRequest;
  timeoutMs: number;
  expect: ProbeExpectation;
}

export interface ProbeResult {
  labels: Labels;
  answer: ProbeAnswer;
  expect: ProbeExpectation;
}

/** Asks each URL once a scrape, all at the same time. A target that fails is a result, not a failure of the collector. */
export function probeCollector(targets: readonly ProbeTarget[], probe = probeHttp): Collector {
  return {
    name: 'probe',
    async collect({ signal }) {
      const results = await Promise.all(
        targets.map(async ({ name, request, timeoutMs, expect }) => {
          const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
          return { labels: { probe: name }, expect, answer: await probe(request, limit) };
        }),
      );
      return probeFamilies(results);
    },
  };
}

export function probeFamilies(results: readonly ProbeResult[]): Family[] {
  const each = (valueOf: (result: ProbeResult) => number | undefined) =>
    results.flatMap((result) => {
      const value = valueOf(result);
      return value === undefined ? [] : [{ labels: result.labels, value }];
    });
  return [
    gauge(
      'probe_success',
      'Whether the target gave a whole answer in time, with the expected status and body.',
      each(({ answer, expect }) => Number(judgeProbe(answer, expect).isSuccess)),
    ),
    gauge(
      'probe_duration_seconds',
      'Time of each phase of the probe; they add up to the whole.',
      results.flatMap(({ labels, answer }) =>
        PROBE_PHASES.map((phase) => ({ labels: { ...labels, phase }, value: answer.phaseSeconds[phase] })),
      ),
    ),
    gauge(
      'probe_http_status_code',
      'Status of the answer; none when there was no answer.',
      each(({ answer }) => answer.status),
    ),
    gauge(
      'probe_http_redirects',
      'Redirects that were followed.',
      each(({ answer }) => answer.redirects),
    ),
    gauge(
      'probe_failed_due_to_regex',
      'Whether the body did not fit the expression that it should or should not match.',
      each(({ answer, expect }) => regexFailure(answer, expect)),
    ),
    gauge(
      'probe_ssl_earliest_cert_expiry',
      'When the first certificate of the chain to expire does, in seconds since the epoch.',
      each(({ answer }) => answer.certificateExpirySeconds),
    ),
  ];
}

function regexFailure(answer: ProbeAnswer, expect: ProbeExpectation): number | undefined {
  if (expect.bodyMatches === undefined && expect.bodyLacks === undefined) return undefined;
  return Number(judgeProbe(answer, expect).isBodyWrong);
}
