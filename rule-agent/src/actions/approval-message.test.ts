import { describe, expect, it } from '@jest/globals';
import { buildDecided, T0 } from '../../test/build.ts';
import { fillText } from '../model/template.ts';
import { approvalText, LONGEST_ADVICE, messageRequest } from './approval-message.ts';

const plan = { system: 'warehouse', name: 'cache_ttl', from: 2, to: 120, version: '"1"' };
const decided = buildDecided({ mode: 'approve', approval: { expiresAt: T0 + 900_000, needed: 1 } });

describe('the message that an approval waits', () => {
  it('says which rule, where, what it would do, until when, and how to say yes or no', () => {
    expect(
      approvalText(decided, { planned: { kind: 'change', plan }, advice: 'Runbook: wiki/slow-api' }),
    ).toBe(
      'Rule slow-api asks for an approval on {job="warehouse"}: warehouse/cache_ttl from 2 to 120. ' +
        'It waits until 2026-11-23T12:15:00.000Z. ' +
        "With an operator's token: POST /api/v1/episodes/slow-api-1/approve or /api/v1/episodes/slow-api-1/reject. " +
        'Runbook: wiki/slow-api',
    );
  });

  it('says that the action is switched on and off, where the rule asks for a proof', () => {
    const expected = { ...decided.expect, settleMs: 120_000, windowMs: 300_000, switchback: 6 } as const;
    expect(approvalText({ ...decided, expect: expected }, { planned: { kind: 'change', plan } })).toContain(
      'warehouse/cache_ttl from 2 to 120; for a proof it is switched on and off in 6 blocks of 7m. It waits',
    );
  });

  it.each([
    [
      { kind: 'impossible', because: 'warehouse cannot be reached' },
      'is not known, warehouse cannot be reached.',
    ],
    [
      { kind: 'nothing_to_do', because: 'it stands at 120', plan },
      'nothing to do at this moment, it stands at 120.',
    ],
    [{ kind: 'change', plan: { ...plan, from: null } }, 'warehouse/cache_ttl to 120.'],
  ] as const)('says so when the target does not show what would be done: %j', (planned, words) => {
    expect(approvalText(decided, { planned })).toContain(words);
  });

  it('says how many people have to approve', () => {
    const two = { ...decided, approval: { expiresAt: T0, needed: 2 } };
    expect(approvalText(two, { planned: { kind: 'change', plan } })).toContain('2 people have to approve.');
  });

  it('keeps what has to be done within what PagerDuty takes, however long the labels are', () => {
    const target = { job: 'x'.repeat(5_000) };
    const episode = `${'r'.repeat(60)}-1a2b3c4d5e6f`;
    const planned = { kind: 'impossible', because: 'y'.repeat(5_000) } as const;
    const text = approvalText(
      { ...decided, target, episode },
      { planned, advice: 'z'.repeat(LONGEST_ADVICE) },
    );
    expect(text.length).toBeLessThan(1_024);
    expect(text).toContain(`/api/v1/episodes/${episode}/reject`);
  });

  it('takes what a label says as text, and as no template', () => {
    const request = messageRequest({ system: 'desk', severity: 'warning' }, 'on ${episode}');
    const filled = fillText(String(request.text), { episode: 'e-1', rule: 'r', target: {} });
    expect(filled).toBe('on $ {episode}');
  });
});
