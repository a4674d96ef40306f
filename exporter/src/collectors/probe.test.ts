import { describe, expect, it } from '@jest/globals';
import type { ProbeAnswer } from '../sources/http-probe.ts';
import { probeCollector } from './probe.ts';
import { judgeProbe } from './probe-verdict.ts';

const phaseSeconds = { resolve: 0.1, connect: 0.2, tls: 0, processing: 0.3, transfer: 0.4 };
const WHOLE: ProbeAnswer = {
  status: 200,
  failure: undefined,
  phaseSeconds,
  body: 'shop is healthy',
  redirects: 0,
  certificateExpirySeconds: undefined,
};
const context = { signal: new AbortController().signal, now: 0 };

async function collect(answer: Partial<ProbeAnswer>, expectStatus?: number) {
  const expected = expectStatus === undefined ? {} : { statuses: [expectStatus] };
  const target = { name: 'shop', request: { url: 'http://shop' }, timeoutMs: 1000, expect: expected };
  const whole = { ...WHOLE, ...answer };
  const families = await probeCollector([target], async () => whole).collect(context);
  return Object.fromEntries(families.map(({ name, samples }) => [name, samples]));
}

describe('the probe collector', () => {
  it('gives success, status and the time of each phase', async () => {
    const families = await collect({});
    expect(families.probe_success).toEqual([{ labels: { probe: 'shop' }, value: 1 }]);
    expect(families.probe_http_status_code).toEqual([{ labels: { probe: 'shop' }, value: 200 }]);
    expect(families.probe_duration_seconds).toContainEqual({
      labels: { probe: 'shop', phase: 'processing' },
      value: 0.3,
    });
  });

  it.each([
    { what: 'a status that is no success', answer: { status: 503 }, success: 0 },
    { what: 'the status that is expected', answer: { status: 503 }, expected: 503, success: 1 },
    { what: 'another status than the expected one', answer: { status: 200 }, expected: 204, success: 0 },
    { what: 'an answer that did not end', answer: { status: 200, failure: 'timed out' }, success: 0 },
  ])('judges $what', async ({ answer, expected, success }) => {
    expect((await collect(answer, expected)).probe_success).toMatchObject([{ value: success }]);
  });

  it('gives no status where there was no answer', async () => {
    expect((await collect({ status: undefined, failure: 'refused' })).probe_http_status_code).toEqual([]);
  });
});

describe('judgeProbe', () => {
  it.each([
    [{ bodyMatches: /healthy/ }, true, false],
    [{ bodyMatches: /^well/ }, false, true],
    [{ bodyLacks: /healthy/ }, false, true],
    [{ statuses: [200, 204], bodyLacks: /sick/ }, true, false],
    [{ statuses: [204] }, false, false],
  ])('with %p', (expectation, isSuccess, isBodyWrong) => {
    expect(judgeProbe(WHOLE, expectation)).toEqual({ isSuccess, isBodyWrong });
  });
});
