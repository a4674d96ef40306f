import type { Collector } from '../model/collector.ts';
import { type Family, gauge } from '../model/family.ts';
import { PROBE_PHASES, type ProbeAnswer, probeHttp } from '../sources/http-probe.ts';

export interface ProbeTarget {
  name: string;
  url: string;
  timeoutMs: number;
  /** The status that counts as success; any 2xx by default. */
  expectStatus?: number;
}

interface ProbeResult {
  target: ProbeTarget;
  answer: ProbeAnswer;
}

/** Asks each URL once a scrape, all at the same time. A target that fails is a result, not a failure of the collector. */
export function probeCollector(targets: readonly ProbeTarget[], probe = probeHttp): Collector {
  return {
    name: 'probe',
    async collect({ signal }) {
      const results = await Promise.all(
        targets.map(async (target) => {
          const limit = AbortSignal.any([signal, AbortSignal.timeout(target.timeoutMs)]);
          return { target, answer: await probe(target.url, limit) };
        }),
      );
      return probeFamilies(results);
    },
  };
}

function probeFamilies(results: readonly ProbeResult[]): Family[] {
  return [
    gauge(
      'probe_success',
      'Whether the target gave a whole answer with the expected status in time.',
      results.map(({ target, answer }) => ({
        labels: { probe: target.name },
        value: isSuccess(target, answer) ? 1 : 0,
      })),
    ),
    gauge(
      'probe_duration_seconds',
      'Time of each phase of the probe; they add up to the whole.',
      results.flatMap(({ target, answer }) =>
        PROBE_PHASES.map((phase) => ({
          labels: { probe: target.name, phase },
          value: answer.phaseSeconds[phase],
        })),
      ),
    ),
    gauge(
      'probe_http_status_code',
      'Status of the answer; none when there was no answer.',
      results.flatMap(({ target, answer }) =>
        answer.status === undefined ? [] : [{ labels: { probe: target.name }, value: answer.status }],
      ),
    ),
  ];
}

function isSuccess({ expectStatus }: ProbeTarget, { status, failure }: ProbeAnswer): boolean {
  if (failure !== undefined || status === undefined) return false;
  return expectStatus === undefined ? status >= 200 && status < 300 : status === expectStatus;
}
