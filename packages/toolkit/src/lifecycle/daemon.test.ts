import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../logger.ts';
import { type DaemonOptions, type Part, runDaemon } from './daemon.ts';

function daemon(parts: Part[], options: Partial<DaemonOptions> = {}) {
  const signals = new EventEmitter();
  const exits: number[] = [];
  const up = Promise.withResolvers<void>();
  const result = runDaemon({
    name: 'test',
    logger: silentLogger(),
    parts,
    signals,
    exit: (code) => void exits.push(code),
    ready: () => up.resolve(),
    ...options,
  });
  return { signals, exits, result, up: up.promise };
}

function recorder() {
  const events: string[] = [];
  const part = (name: string, overrides: Partial<Part> = {}): Part => ({
    name,
    start: () => void events.push(`start ${name}`),
    stop: () => void events.push(`stop ${name}`),
    ...overrides,
  });
  return { events, part };
}

const never = () => new Promise<void>(() => undefined);

describe('runDaemon', () => {
  it('starts parts in order and stops them in reverse on SIGTERM, with exit code 0', async () => {
    const { events, part } = recorder();
    const { signals, result, up } = daemon([part('journal'), part('api')]);
    await up;
    signals.emit('SIGTERM', 'SIGTERM');
    expect(await result).toBe(0);
    expect(events).toEqual(['start journal', 'start api', 'stop api', 'stop journal']);
  });

  it('stops what it had started when a part does not start, with exit code 1', async () => {
    const { events, part } = recorder();
    const broken = part('api', { start: () => Promise.reject(new Error('port in use')) });
    expect(await daemon([part('journal'), broken, part('cycle')]).result).toBe(1);
    expect(events).toEqual(['start journal', 'stop journal']);
  });

  it('starts nothing more once a signal came during the start', async () => {
    const { events, part } = recorder();
    const slow = Promise.withResolvers<void>();
    const { signals, result } = daemon([part('slow', { start: () => slow.promise }), part('api')]);
    signals.emit('SIGINT', 'SIGINT');
    slow.resolve();
    expect(await result).toBe(0);
    expect(events).toEqual(['stop slow']);
  });

  it('ends at once on a second signal', async () => {
    const { part } = recorder();
    const { signals, exits, result, up } = daemon([part('stuck', { stop: never })], {
      stopDeadlineMs: 50,
      echoMs: 0,
    });
    await up;
    signals.emit('SIGINT', 'SIGINT');
    signals.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([1]);
    await result;
  });

  it('takes a ctrl-C that arrives twice, from the terminal and by npm, as one', async () => {
    const { events, part } = recorder();
    const { signals, exits, result, up } = daemon([part('api')]);
    await up;
    signals.emit('SIGINT', 'SIGINT');
    signals.emit('SIGINT', 'SIGINT');
    expect(await result).toBe(0);
    expect(exits).toEqual([]);
    expect(events).toEqual(['start api', 'stop api']);
  });

  it('ends hard when stopping takes longer than its deadline', async () => {
    const { part } = recorder();
    const { signals, exits, result, up } = daemon([part('stuck', { stop: never })], { stopDeadlineMs: 5 });
    await up;
    signals.emit('SIGTERM', 'SIGTERM');
    expect(await result).toBe(1);
    expect(exits).toEqual([1]);
  });

  it('stops the other parts when one does not stop cleanly, and says so by its exit code', async () => {
    const { events, part } = recorder();
    const broken = part('broken', { stop: () => Promise.reject(new Error('disk full')) });
    const { signals, result, up } = daemon([part('journal'), broken]);
    await up;
    signals.emit('SIGTERM', 'SIGTERM');
    expect(await result).toBe(1);
    expect(events).toContain('stop journal');
  });

  it('goes on after a reload that failed', async () => {
    const { part } = recorder();
    const reload = Promise.withResolvers<void>();
    const { signals, result, up } = daemon([part('api')], {
      reload: () => {
        reload.resolve();
        return Promise.reject(new Error('agent.yml:3:1: unknown key'));
      },
    });
    await up;
    signals.emit('SIGHUP');
    await reload.promise;
    signals.emit('SIGTERM', 'SIGTERM');
    expect(await result).toBe(0);
  });

  it('stops on SIGHUP when it has nothing to reload, as when its terminal goes away', async () => {
    const { events, part } = recorder();
    const { signals, result, up } = daemon([part('driver')]);
    await up;
    signals.emit('SIGHUP', 'SIGHUP');
    expect(await result).toBe(0);
    expect(events).toEqual(['start driver', 'stop driver']);
  });

  it('ends by itself when its work is finished, with the exit code of the work', async () => {
    const { events, part } = recorder();
    expect(await daemon([part('driver')], { finished: Promise.resolve(3) }).result).toBe(3);
    expect(events).toEqual(['start driver', 'stop driver']);
  });
});
