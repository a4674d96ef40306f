import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Child, findPart, findProgram, waitUntilReady } from '@evenkeel/runtime';
import { freePort } from '@evenkeel/toolkit/testing';
import { parse, stringify } from 'yaml';
import { eventually } from '../end-to-end/started-system.ts';

type Labels = Record<string, string>;

const PROVISIONING = join(import.meta.dirname, '..', '..', 'provisioning');
const EXAMPLE = join(PROVISIONING, 'alertmanager', 'alertmanager.example.yml');

describe.each(['alertmanager/alertmanager.example.yml', 'compose/alertmanager.yml'])(
  'the routes of %s',
  (path) => {
    let amtool: string;
    beforeAll(async () => {
      amtool = await findPart('amtool');
    });

    it.each([
      [
        'evenkeel-agent,on-call',
        { severity: 'critical', domain: 'api', signal: 'api_error_ratio', job: 'shop' },
      ],
      ['evenkeel-agent,platform', { severity: 'warning', domain: 'system', signal: 'cpu_utilization' }],
      [
        'evenkeel-agent,operations',
        { severity: 'warning', domain: 'inventory', signal: 'fill_rate', site: 'york' },
      ],
      ['evenkeel-agent,on-call', { severity: 'critical', domain: 'inventory', signal: 'on_time_in_full' }],
      ['on-call', { severity: 'critical', domain: 'health', instance: 'a:9850' }],
      ['platform', { severity: 'warning', domain: 'health', collector: 'disk' }],
      ['digest', { severity: 'info', domain: 'agent', signal: 'enhancement_success', rule: 'slow-api' }],
      ['digest', { severity: 'info', domain: 'inventory', signal: 'score' }],
      ['platform', { severity: 'warning', alertname: 'OfSomebodyElse' }],
    ])('lead to %s from %j', (receivers, labels) => {
      const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
      const { status, stdout, stderr } = spawnSync(
        amtool,
        [
          'config',
          'routes',
          'test',
          `--config.file=${join(PROVISIONING, path)}`,
          `--verify.receivers=${receivers}`,
          ...pairs,
        ],
        { encoding: 'utf8' },
      );
      expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
    });
  },
);

describe('the example for Alertmanager', () => {
  it('has every secret in a file', () => {
    const text = readFileSync(EXAMPLE, 'utf8');
    const secrets = text
      .split('\n')
      .filter((line) => /password|token|key|slack_api_url|credentials/.test(line));
    expect(secrets.filter((line) => !/_file: \/etc\/alertmanager\/secrets\/[a-z-]+$/.test(line))).toEqual([]);
    expect(secrets).toHaveLength(4);
  });
});

/**
 * Alertmanager reads alerts for what they inhibit in the order in which they came, and a moment after it lists them: when the
 * second of these is suppressed, it has read all before them.
 */
const LAST_PAIR: readonly Labels[] = [
  { alertname: 'EvenkeelLast', signal: 'last', instance: 'last', domain: 'system', severity: 'critical' },
  {
    alertname: 'EvenkeelLast',
    signal: 'last',
    instance: 'last',
    domain: 'system',
    severity: 'warning',
    note: 'last',
  },
];

describe('inhibition, by a real Alertmanager', () => {
  let alertmanager: Child;
  let url: string;

  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'evenkeel-alertmanager-'));
    const { route, inhibit_rules, receivers } = parse(readFileSync(EXAMPLE, 'utf8')) as {
      route: object;
      inhibit_rules: object[];
      receivers: { name: string }[];
    };
    // The same rules, without anybody to tell.
    const silent = { route, inhibit_rules, receivers: receivers.map(({ name }) => ({ name })) };
    writeFileSync(join(directory, 'alertmanager.yml'), stringify(silent));
    const port = await freePort();
    const { path, workingDirectory } = await findProgram('alertmanager');
    url = `http://127.0.0.1:${port}`;
    alertmanager = new Child({
      name: 'alertmanager',
      command: path,
      args: [
        `--config.file=${join(directory, 'alertmanager.yml')}`,
        `--storage.path=${join(directory, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      ...(workingDirectory === undefined ? {} : { workingDirectory }),
      logFile: join(directory, 'alertmanager.log'),
    });
    await waitUntilReady(alertmanager, `${url}/-/ready`, 30_000);
  }, 60_000);
  afterAll(() => alertmanager.stop());

  /** Of these alerts, firing together in a world of their own, the ones that nobody is told of. */
  async function suppressed(cause: Labels, ...others: Labels[]): Promise<(string | undefined)[]> {
    const alerts = [cause, ...others, ...LAST_PAIR].map((labels) => ({
      labels: { ...labels, case: JSON.stringify(cause) },
    }));
    await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
    });
    const found = await eventually(20_000, async () => {
      const response = await fetch(`${url}/api/v2/alerts`);
      const all = (await response.json()) as { labels: Labels; status: { state: string } }[];
      const here = all.filter(({ labels }) => labels.case === JSON.stringify(cause));
      const settled =
        here.length === alerts.length &&
        here.every(
          ({ labels, status }) =>
            status.state === 'suppressed' || (status.state === 'active' && labels.note !== 'last'),
        );
      return settled ? here : undefined;
    });
    const past = alerts.map(({ labels }) => ({ labels, endsAt: new Date().toISOString() }));
    await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(past),
    });
    return found
      .filter(({ status }) => status.state === 'suppressed')
      .map(({ labels }) => labels.note)
      .filter((note) => note !== 'last')
      .sort();
  }

  const signal = (severity: string, name: string, more: Labels): Labels => ({
    alertname: `Evenkeel${name}`,
    severity,
    signal: name.toLowerCase(),
    ...more,
  });

  it('lets the critical alert of a signal stand for its warning, on the same target only', async () => {
    const cause = signal('critical', 'Cpu', { domain: 'system', instance: 'a' });
    expect(
      await suppressed(
        cause,
        { ...cause, severity: 'warning', note: 'same' },
        { ...cause, alertname: 'EvenkeelBaselineDeviation', severity: 'info', note: 'baseline' },
        { ...cause, severity: 'warning', instance: 'b', note: 'other host' },
      ),
    ).toEqual(['baseline', 'same']);
  });

  it('lets an exporter that is down stand for all that is missing of it', async () => {
    const cause = {
      alertname: 'EvenkeelExporterDown',
      severity: 'critical',
      domain: 'health',
      instance: 'a',
    };
    const absent = { alertname: 'EvenkeelSignalAbsent', severity: 'warning' };
    expect(
      await suppressed(
        cause,
        { ...absent, domain: 'inventory', signal: 'fill_rate', note: 'stock' },
        { ...absent, domain: 'agent', signal: 'agent_cycle_failures', note: 'agent' },
        { alertname: 'EvenkeelCollectorFailing', severity: 'warning', instance: 'a', note: 'collector' },
        { alertname: 'EvenkeelCollectorFailing', severity: 'warning', instance: 'b', note: 'other exporter' },
      ),
    ).toEqual(['collector', 'stock']);
  });

  it('lets a service that is down stand for its response times and its probe', async () => {
    const cause = {
      alertname: 'EvenkeelServiceDown',
      severity: 'critical',
      domain: 'api',
      job: 'shop',
      instance: 'a',
    };
    expect(
      await suppressed(
        cause,
        { ...signal('warning', 'ApiLatencyP95SecondsHigh', { domain: 'api', job: 'shop' }), note: 'slow' },
        { ...signal('warning', 'ApiErrorRatioHigh', { domain: 'api', job: 'other' }), note: 'other service' },
        {
          ...signal('critical', 'ProbeSuccessLow', { domain: 'api', job: 'evenkeel-exporter' }),
          note: 'probe',
        },
      ),
    ).toEqual(['probe', 'slow']);
  });

  it('lets what costs points stand for the low score of its domain and of the whole', async () => {
    const cause = signal('warning', 'FillRateLow', { domain: 'inventory', site: 'york' });
    const score = { alertname: 'EvenkeelScoreLow', severity: 'info', signal: 'score' };
    expect(
      await suppressed(
        cause,
        { ...score, domain: 'inventory', note: 'inventory' },
        { ...score, domain: 'total', note: 'total' },
        { ...score, domain: 'api', note: 'api' },
      ),
    ).toEqual(['inventory', 'total']);
  });
});
