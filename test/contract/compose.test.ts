import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

interface Service {
  image: string;
  command?: string[];
  ports?: string[];
  volumes?: string[];
  healthcheck?: object;
  restart?: string;
}

const CHECKOUT = join(import.meta.dirname, '..', '..');
const { services } = parse(readFileSync(join(CHECKOUT, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
};
const daemons = Object.entries(services).filter(([, { command }]) =>
  command?.some((word) => word.endsWith('main.ts')),
);

describe('docker-compose.yml', () => {
  it('publishes every port on loopback only', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);
    expect(published).toHaveLength(6);
    expect(published.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port))).toEqual([]);
  });

  it('names a version of every official image', () => {
    const foreign = Object.values(services).filter(({ image }) => !image.startsWith('evenkeel:'));
    expect(foreign.map(({ image }) => image.split(':')[1])).not.toContain(undefined);
    expect(foreign.map(({ image }) => image)).not.toContain(expect.stringContaining(':latest'));
  });

  it('has a health check for every server', () => {
    const servers = Object.entries(services).filter(([name]) => !['secrets', 'orders'].includes(name));
    expect(servers.filter(([, { healthcheck }]) => healthcheck === undefined)).toEqual([]);
  });

  it('mounts only files that are there', () => {
    const mounted = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0]!),
    );
    const missing = mounted.filter(
      (source) => source.startsWith('./') && !existsSync(join(CHECKOUT, source)),
    );
    expect(missing).toEqual([]);
  });

  it.each(['exporter', 'agent'])('starts %s with the flags of Node that its own first line has', (name) => {
    const { command = [] } = services[name]!;
    const script = command.findIndex((word) => word.endsWith('main.ts'));
    const [firstLine] = readFileSync(join(CHECKOUT, command[script]!), 'utf8').split('\n');
    expect(firstLine).toBe(`#!/usr/bin/env -S ${command.slice(0, script).join(' ')}`);
  });

  it.each(daemons)('starts %s with flags that it knows', (_name, { command = [] }) => {
    const script = command.findIndex((word) => word.endsWith('main.ts'));
    const words = command.slice(script + 1);
    const subcommand = words.filter((word) => !word.startsWith('--'));
    const help = spawnSync(process.execPath, [join(CHECKOUT, command[script]!), ...subcommand, '--help'], {
      encoding: 'utf8',
    });
    expect(help.stderr).toBe('');
    for (const flag of words.filter((word) => word.startsWith('--'))) {
      expect(help.stdout).toContain(flag.split('=')[0]);
    }
  });
});

describe('Dockerfile', () => {
  it('runs as an ordinary user', () => {
    expect(readFileSync(join(CHECKOUT, 'Dockerfile'), 'utf8')).toMatch(/^USER node$/m);
  });

  it('copies the package.json of every package that the daemons are made of', () => {
    const text = readFileSync(join(CHECKOUT, 'Dockerfile'), 'utf8');
    for (const room of [
      'packages/toolkit',
      'packages/signals',
      'packages/agent-api',
      'packages/inventory',
      'packages/demo',
      'exporter',
      'rule-agent',
    ]) {
      expect(text).toContain(`COPY ${room}/package.json ${room}/`);
    }
  });
});
