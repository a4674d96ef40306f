import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Deployment } from '@evenkeel/provisioning';
import { freePort } from '@evenkeel/toolkit/testing';
import { parse } from 'yaml';
import { findGrafana } from '../parts/grafana.ts';
import { processPart } from '../processes/process-part.ts';
import { grafanaPlan } from './grafana.ts';
import { createRunDirectory } from './run-directory.ts';

/** Answers as Grafana does when it is ready, and writes down how it was called. */
const FAKE = `#!${process.execPath}
const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
const { GF_SERVER_HTTP_ADDR, GF_SERVER_HTTP_PORT, GF_PATHS_DATA } = process.env;
writeFileSync(GF_PATHS_DATA + '.called', JSON.stringify({ args: process.argv.slice(2), env: process.env }));
createServer((request, response) => response.writeHead(request.url === '/api/health' ? 200 : 404).end()).listen(GF_SERVER_HTTP_PORT, GF_SERVER_HTTP_ADDR);
`;

function installed(name: string): { bin: string; home: string } {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'evenkeel-grafana-')));
  const bin = join(home, 'bin');
  mkdirSync(bin);
  mkdirSync(join(home, 'conf'));
  writeFileSync(join(home, 'conf', 'defaults.ini'), '');
  writeFileSync(join(bin, name), FAKE);
  chmodSync(join(bin, name), 0o755);
  return { bin, home };
}

describe('findGrafana', () => {
  it('takes the program of newer versions as a server, and tells it where its own files are', async () => {
    const { bin, home } = installed('grafana');
    expect(await findGrafana(`/nonexistent:${bin}`)).toEqual({
      path: join(bin, 'grafana'),
      args: ['server', `--homepath=${home}`],
    });
  });

  it('takes the older program, also through a link', async () => {
    const { bin, home } = installed('grafana-server');
    const links = mkdtempSync(join(tmpdir(), 'evenkeel-links-'));
    symlinkSync(join(bin, 'grafana-server'), join(links, 'grafana-server'));
    expect(await findGrafana(links)).toEqual({
      path: join(links, 'grafana-server'),
      args: [`--homepath=${home}`],
    });
  });

  it('finds nothing where there is none', async () => {
    expect(await findGrafana('/nonexistent')).toBeUndefined();
  });
});

const deployment = { timing: { interval: '2s' }, addresses: { prometheus: '127.0.0.1:19090' } } as Deployment;

async function planned() {
  const run = await createRunDirectory(mkdtempSync(join(tmpdir(), 'evenkeel-cache-')));
  const plugin = mkdtempSync(join(tmpdir(), 'evenkeel-plugin-'));
  writeFileSync(join(plugin, 'plugin.json'), '{}');
  const program = (await findGrafana(installed('grafana').bin))!;
  const port = await freePort();
  return { run, port, plan: await grafanaPlan({ program, port, run, deployment, plugin }) };
}

describe('grafanaPlan', () => {
  it('starts it on loopback, provisioned, with the plugin, and with nothing sent home', async () => {
    const { run, port, plan } = await planned();
    const part = processPart({
      name: 'grafana',
      plan: () => Promise.resolve({ name: 'grafana', logFile: run.file('logs/grafana.log'), ...plan }),
      report: { down: () => undefined, upAgain: () => undefined },
    });
    await part.start();
    await part.stop();
    const { args, env } = JSON.parse(readFileSync(run.file('data/grafana.called'), 'utf8'));
    expect(args[0]).toBe('server');
    expect(env).toMatchObject({
      GF_SERVER_HTTP_ADDR: '127.0.0.1',
      GF_SERVER_HTTP_PORT: String(port),
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
      GF_PATHS_PROVISIONING: run.file('config/grafana'),
      GF_PATHS_PLUGINS: run.file('data/grafana-plugins'),
      GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: 'evenkeel-operations-panel',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_SECURITY_ADMIN_PASSWORD: `$__file{${run.file('secrets/grafana-admin-password')}}`,
    });
    expect(readdirSync(run.file('data/grafana-plugins/evenkeel-operations-panel'))).toEqual(['plugin.json']);
  });

  it('points the data source to the Prometheus of this run, and the folder to the dashboards that ship', async () => {
    const { run } = await planned();
    const read = (name: string) => parse(readFileSync(run.file(join('config', 'grafana', name)), 'utf8'));
    expect(read('datasources/prometheus.yml').datasources).toMatchObject([{ url: 'http://127.0.0.1:19090' }]);
    const [provider] = read('dashboards/evenkeel.yml').providers;
    expect(provider).toMatchObject({ folder: 'Evenkeel' });
    expect(readdirSync(provider.options.path)).toContain('evenkeel-operations.json');
  });
});
