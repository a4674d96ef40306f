import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@evenkeel/toolkit';
import { createHttpClient, type HttpClient } from '../../rule-agent/src/http/client.ts';
import type { JournalEvent } from '../../rule-agent/src/model/event.ts';
import { createPrometheus, type Prometheus } from '../../rule-agent/src/prometheus/client.ts';
import { FiringLog } from '../../rule-agent/src/replay/firing-log.ts';
import { replay } from '../../rule-agent/src/replay/index.ts';
import { simulate, simulatedAction } from '../../rule-agent/src/simulation/index.ts';
import { buildRule, POLICY } from '../../rule-agent/test/build.ts';
import { askedThen } from './asked-then.ts';
import { RealPrometheus } from './real-prometheus.ts';

const STEP_MS = 15_000;
const HOUR_MS = 3_600_000;
const TO_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;
const FROM_MS = TO_MS - 4 * HOUR_MS;
const TROUBLE_MS = FROM_MS + HOUR_MS;

const directory = mkdtempSync(join(tmpdir(), 'replay-'));
let real: RealPrometheus;
let http: HttpClient;

/** Half an hour of trouble, then ten minutes in which it comes and goes; an alert of the same job, and one of another. */
function history(): string {
  const signals = ['# TYPE evenkeel:signal:value gauge'];
  const alerts = ['# TYPE ALERTS gauge'];
  for (let ms = FROM_MS; ms <= TO_MS; ms += STEP_MS) {
    const at = ms / 1000;
    signals.push(
      `evenkeel:signal:value{signal="latency",job="warehouse"} ${latencyAt(ms - TROUBLE_MS)} ${at}`,
    );
    if (ms < TROUBLE_MS || ms >= TROUBLE_MS + HOUR_MS / 2) continue;
    for (const job of ['warehouse', 'carrier']) {
      alerts.push(`ALERTS{alertname="Slow_${job}",alertstate="firing",job="${job}"} 1 ${at}`);
    }
  }
  return `${[...signals, ...alerts, '# EOF'].join('\n')}\n`;
}

function latencyAt(sinceMs: number): number {
  const minutes = sinceMs / 60_000;
  if (minutes < 0 || minutes >= 100) return 0.5;
  return minutes < 30 || (minutes >= 90 && Math.floor(minutes) % 2 === 0) ? 3 : 0.5;
}

beforeAll(async () => {
  real = await RealPrometheus.holding(history(), join(directory, 'prometheus'));
  http = createHttpClient({ timeoutMs: 10_000, maxBytes: 32 * 1024 * 1024 });
}, 120_000);

afterAll(async () => {
  await http.close();
  await real.stop();
  rmSync(directory, { recursive: true, force: true });
});

const rule = buildRule({
  ...{ holding: { steadyMs: 300_000 }, facts: { latency: { signal: 'latency' } }, cooldownMs: HOUR_MS / 4 },
  target: { by: ['job'], match: {} },
});
const range = { fromMs: FROM_MS, toMs: TO_MS };

function replayed(source: Prometheus, span = range) {
  return replay({ ...span, source, stepMs: STEP_MS, rules: [rule], policy: POLICY });
}

describe('a replay over a real Prometheus', () => {
  it('finds the firings and decisions that the agent itself has with its instant queries', async () => {
    const log = new FiringLog(STEP_MS);
    const events: JournalEvent[] = [];
    for await (const turn of simulate({
      ...{
        rules: [rule],
        policy: POLICY,
        action: simulatedAction(new Set()),
        prometheus: (clock) => askedThen(real.url, http, clock),
      },
      ...{ ...range, intervalMs: STEP_MS },
    })) {
      events.push(...turn.events);
    }
    for (const event of events) log.add(event);
    const report = await replayed(createPrometheus({ url: real.url, http, clock: systemClock }));
    expect(report.firings.map(({ alerts: _alerts, episodes: _episodes, ...firing }) => firing)).toEqual(
      log.finish(TO_MS),
    );
    expect(events.some(({ kind }) => kind === 'decided')).toBe(true);
  }, 60_000);

  it('says how long a rule fired, when it would have acted, what held it back, and which alerts fired', async () => {
    const { firings } = await replayed(createPrometheus({ url: real.url, http, clock: systemClock }));
    const [trouble, ...short] = firings;
    expect(trouble).toMatchObject({
      ...{
        target: { job: 'warehouse' },
        startMs: TROUBLE_MS,
        endMs: TROUBLE_MS + HOUR_MS / 2,
        ended: 'clear',
      },
      alerts: ['Slow_warehouse'],
    });
    expect(trouble!.decided[0]).toEqual({ atMs: TROUBLE_MS + 300_000, mode: 'auto' });
    expect(trouble!.suppressed.map(({ guard }) => guard)).toContain('cooldown');
    expect(short.length).toBe(5);
    for (const firing of short) expect(firing).toMatchObject({ decided: [], suppressed: [], alerts: [] });
  });

  it('is an error where nothing is known, and where nobody answers', async () => {
    const source = createPrometheus({ url: real.url, http, clock: systemClock });
    const before = { fromMs: FROM_MS - 2 * HOUR_MS, toMs: FROM_MS - HOUR_MS };
    await expect(replayed(source, before)).rejects.toMatchObject({ code: 'HISTORY_EMPTY' });
    const nobody = createPrometheus({ url: 'http://127.0.0.1:1', http, clock: systemClock });
    await expect(replayed(nobody)).rejects.toMatchObject({ code: 'HISTORY_UNREADABLE' });
  });
});
