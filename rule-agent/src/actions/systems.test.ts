import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../model/action-request.ts';
import { isMessage, resourceOf, resourceOfPlan } from './kind-of.ts';
import { openSystems } from './systems.ts';

const TOOLS = { fence: () => undefined, now: () => 0 };
const occasion = { episode: 'e-1', rule: 'slow-api', target: { job: 'shop' }, firingStart: 0 };
const { action } = openSystems(
  { pool: { kind: 'knob', settings: 'http://127.0.0.1:1/knobs', timeout: 100 } },
  TOOLS,
);

function planOf(kind: string | undefined, system: string): Plan {
  const plan = { system, name: 'x', from: 1, to: 2, version: '' };
  return kind === undefined ? plan : { ...plan, kind, request: { kind, system, name: 'x' }, occasion };
}

describe('an action on a system that is no longer in the configuration, or is of another kind now', () => {
  it.each([
    ['knob', 'gone'],
    [undefined, 'gone'],
    ['http', 'pool'],
    ['of-a-later-version', 'pool'],
  ])('a %s on %s is neither planned, applied nor reverted', async (kind, system) => {
    const plan = planOf(kind, system);
    const because = `${system} is not in the config`;
    expect(await action.plan({ kind: kind ?? 'knob', system, name: 'x' }, occasion)).toEqual({
      kind: 'impossible',
      because,
    });
    expect(await action.apply(plan, 'key')).toEqual({ kind: 'refused', because });
    expect(await action.revert(plan, 'key')).toEqual({ kind: 'refused', because });
  });

  it('is asked what became of it when its system is back, but for a message, which nobody can look for', async () => {
    expect(await action.verify(planOf('knob', 'gone'))).toBe('gone');
    expect(await action.verify(planOf(undefined, 'gone'))).toBe('gone');
    expect(await action.verify(planOf('notify', 'gone'))).toBe('unknowable');
  });
});

describe('a kind that a journal holds and this version does not know', () => {
  const request = { kind: 'of-a-later-version', system: 'pool', name: 'x' };

  it('moves what it names, and is no message', () => {
    expect(resourceOf(request, { job: 'shop' })).toBe('pool/x');
    expect(isMessage(request)).toBe(false);
  });
});

describe('what an action moves', () => {
  const target = { job: 'shop', site: 'north' };
  const at = (kind: string, rest: object = {}) =>
    resourceOf({ kind, system: 's', name: 'n', ...rest }, target);

  it('is there once, once for the labels that it reads, or once for a target', () => {
    expect([at('knob'), at('replenish'), at('kubernetes-scale')]).toEqual(['s/n', 's/n', 's/n']);
    expect([at('http', { labels: [] }), at('sql', { labels: ['site'] })]).toEqual([
      's/n',
      's/n{site="north"}',
    ]);
    expect(at('alertmanager-silence')).toBe('s/n{job="shop",site="north"}');
  });

  it('is nothing for a message or a mark', () => {
    expect([at('notify'), at('grafana-annotation')]).toEqual([undefined, undefined]);
  });

  it('is a knob in a plan from before there were other kinds', () => {
    expect(resourceOfPlan(planOf(undefined, 'pool'), target)).toBe('pool/x');
  });
});
