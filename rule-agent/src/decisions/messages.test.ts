import { describe, expect, it } from '@jest/globals';
import { atOnce } from '@evenkeel/toolkit';
import {
  buildDecided,
  buildFacts,
  buildFinished,
  buildMatch,
  buildRule,
  buildStarted,
  POLICY,
  rulesOf,
  T0,
} from '../../test/build.ts';
import type { Decided, Decision, JournalEvent, Outcome } from '../model/event.ts';
import type { Match } from '../model/match.ts';
import type { Rule } from '../model/rule.ts';
import { decide } from './decide.ts';
import { explainMatch } from './explain.ts';
import { emptyHistory } from './history-book.ts';
import { record } from './record.ts';
import { fromSnapshot, toSnapshot } from './snapshot.ts';
import { forgetGoneTargets, observe, resumeFirings } from './track-book.ts';

const HOUR_MS = 3_600_000;

const notify = {
  kind: 'notify',
  system: 'pager',
  name: 'message',
  text: 'slow',
  severity: 'warning',
} as const;

const EXPECT = { ...buildRule().expect, settleMs: 0, windowMs: 0 };

function ruleOf(overrides: Partial<Rule> = {}): Rule {
  return buildRule({
    action: notify,
    holding: { steadyMs: 0 },
    cooldownMs: 60_000,
    expect: EXPECT,
    ...overrides,
  });
}

/** An agent on which time passes; what it decides to send ends as told. */
class Agent {
  rule = ruleOf();
  outcome: Outcome = 'applied';
  history = emptyHistory();
  readonly journal: JournalEvent[] = [];
  nowMs = T0;

  /** One look at the condition; gives back what was decided in words. */
  look(afterMs: number, outcome: Match['outcome']): string {
    this.nowMs += afterMs;
    const matches = [this.match(outcome)];
    const { history, nowMs } = this;
    const situation = {
      rules: rulesOf(matches),
      matches,
      facts: buildFacts(undefined, nowMs),
      history,
      policy: POLICY,
      nowMs,
    };
    const decisions = atOnce(decide(situation));
    this.enter(...decisions);
    atOnce(observe(history, matches, nowMs));
    for (const decided of decisions) {
      if (decided.kind === 'decided' && decided.mode === 'auto') this.send(decided);
    }
    return decisions.map(inWords).join(', ');
  }

  match(outcome: Match['outcome'] = 'firing'): Match {
    return buildMatch({ rule: this.rule, outcome, because: outcome === 'unknown' ? 'gone' : '' });
  }

  send({ episode, idempotencyKey }: Decided): void {
    const at = this.nowMs;
    const of = { at, episode, rule: this.rule.name };
    this.enter(buildStarted({ ...of, idempotencyKey }), buildFinished({ ...of, outcome: this.outcome }), {
      kind: 'verified',
      ...of,
      verdict: 'inconclusive:not_measured',
      observedAfter: { status: 'missing', because: '' },
    });
  }

  enter(...events: JournalEvent[]): void {
    this.journal.push(...events);
    for (const event of events) record(this.history, event);
  }

  /** Another agent reads the journal, of which the first part is only there as a snapshot. */
  restart(snapshotAfter = 0): void {
    const before = emptyHistory();
    for (const event of this.journal.slice(0, snapshotAfter)) record(before, event);
    this.history = fromSnapshot(toSnapshot(before));
    for (const event of this.journal.slice(snapshotAfter)) record(this.history, event);
    resumeFirings(this.history, this.nowMs);
  }

  explain(): string {
    const match = this.match();
    const { history, nowMs } = this;
    const situation = {
      rules: [match.rule],
      matches: [match],
      facts: buildFacts(undefined, nowMs),
      history,
      policy: POLICY,
      nowMs,
    };
    return explainMatch(match, situation).text;
  }
}

function inWords(decision: Decision): string {
  if (decision.kind === 'suppressed') return `suppressed by ${decision.guard}`;
  return decision.kind === 'firing_ended' ? `ended: ${decision.reason}` : decision.kind;
}

describe('a message', () => {
  it('is sent once while its condition holds, however often the cooldown ends', () => {
    const agent = new Agent();
    expect(agent.look(0, 'firing')).toBe('firing_started, decided');
    expect(agent.look(2_000, 'firing')).toBe('suppressed by repeat');
    for (let look = 0; look < 400; look++) expect(agent.look(2_000, 'firing')).toBe('');
  });

  it('is sent again for the next firing, after the cooldown', () => {
    const agent = new Agent();
    agent.look(0, 'firing');
    expect(agent.look(2_000, 'clear')).toBe('ended: clear');
    expect(agent.look(2_000, 'firing')).toBe('firing_started, suppressed by cooldown');
    expect(agent.look(60_000, 'firing')).toMatch(/decided/);
  });

  it('says so when somebody asks why nothing is sent', () => {
    const agent = new Agent();
    agent.look(0, 'firing');
    agent.look(2_000, 'firing');
    expect(agent.explain()).toBe(
      'repeat: sent for this firing already, at 2026-11-23T12:00:00.000Z; not again before the condition has cleared',
    );
  });

  it('is not sent again after the condition was not known for a while, or not watched', () => {
    const agent = new Agent();
    agent.look(0, 'firing');
    expect(agent.look(2_000, 'unknown')).toBe('suppressed by facts');
    expect(agent.look(2_000, 'firing')).toBe('suppressed by repeat');
    expect(agent.look(2_000, 'between')).toBe('');
    expect(agent.look(HOUR_MS, 'firing')).toBe('');
    expect(agent.look(HOUR_MS, 'between')).toBe('');
    expect(agent.look(2_000, 'clear')).toBe('ended: clear');
    expect(agent.look(2_000, 'firing')).toBe('firing_started, decided');
  });

  it('is not sent again of a condition that has to hold in some of the last cycles only', () => {
    const agent = new Agent();
    agent.rule = ruleOf({ holding: { firing: 2, of: 4 } });
    expect(agent.look(0, 'firing')).toBe('firing_started');
    expect(agent.look(2_000, 'firing')).toBe('decided');
    expect(agent.look(2_000, 'between')).toBe('');
    expect(agent.look(120_000, 'firing')).toBe('suppressed by repeat');
    expect(agent.look(2_000, 'clear')).toBe('ended: clear');
  });

  it('is not sent again by an agent that starts anew, from whatever snapshot it comes', () => {
    const told = new Agent();
    told.look(0, 'firing');
    told.look(2_000, 'firing');
    for (let snapshotAfter = 0; snapshotAfter <= told.journal.length; snapshotAfter++) {
      const agent = new Agent();
      agent.enter(...told.journal);
      agent.nowMs = told.nowMs;
      agent.restart(snapshotAfter);
      expect(agent.look(HOUR_MS, 'firing')).toBe('');
    }
  });

  it('is not sent again of a target that was gone for hours, and remembered for a day at most', () => {
    const agent = new Agent();
    agent.look(0, 'firing');
    agent.look(2_000, 'unknown');
    agent.nowMs += 5 * HOUR_MS;
    forgetGoneTargets(agent.history, agent.nowMs - HOUR_MS, agent.nowMs);
    expect(agent.look(2_000, 'firing')).toBe('suppressed by repeat');
    agent.look(2_000, 'unknown');
    agent.nowMs += 25 * HOUR_MS;
    forgetGoneTargets(agent.history, agent.nowMs - HOUR_MS, agent.nowMs);
    expect(agent.history.tracks.size).toBe(0);
  });

  it.each(['failed', 'halted', 'abandoned'] as const)(
    'that ended as %s was not sent: it is tried again',
    (outcome) => {
      const agent = new Agent();
      agent.outcome = outcome;
      expect(agent.look(0, 'firing')).toBe('firing_started, decided');
      expect(agent.look(2_000, 'firing')).toBe('firing_started, suppressed by cooldown');
      agent.outcome = 'applied';
      expect(agent.look(60_000, 'firing')).toMatch(/decided/);
      expect(agent.look(2_000, 'firing')).toBe('suppressed by repeat');
      const keys = agent.journal.flatMap((event) => (event.kind === 'decided' ? [event.idempotencyKey] : []));
      expect(new Set(keys).size).toBe(2);
    },
  );

  it.each([
    ['unclear', 'may have been sent for this firing already'],
    ['nothing_to_do', 'sent for this firing already'],
  ] as const)('that ended as %s is not sent a second time', (outcome, words) => {
    const agent = new Agent();
    agent.outcome = outcome;
    agent.look(0, 'firing');
    expect(agent.look(HOUR_MS, 'firing')).toBe('suppressed by repeat');
    expect(agent.explain()).toContain(words);
  });

  it('that is under way while its firing ends leaves the next firing its own message', () => {
    const agent = new Agent();
    agent.send = () => undefined;
    agent.look(0, 'firing');
    expect(agent.look(2_000, 'clear')).toBe('ended: clear');
    expect(agent.look(2_000, 'firing')).toBe('firing_started');
    const decided = agent.journal.find((event) => event.kind === 'decided')!;
    Agent.prototype.send.call(agent, decided);
    expect(agent.look(60_000, 'firing')).toMatch(/decided/);
  });

  it('in shadow mode counts firings as auto would, and is sent once the mode is auto', () => {
    const agent = new Agent();
    agent.rule = ruleOf({ mode: 'shadow' });
    expect(agent.look(0, 'firing')).toBe('firing_started, decided');
    expect(agent.look(120_000, 'firing')).toBe('suppressed by repeat');
    expect(agent.explain()).toContain('it would have been sent for this firing already');
    agent.rule = ruleOf();
    expect(agent.look(2_000, 'firing')).toBe('ended: interrupted, firing_started, decided');
    expect(agent.look(120_000, 'firing')).toBe('suppressed by repeat');
  });

  it('that a person has to release is sent once, too, and asked for again when nobody did', () => {
    const agent = new Agent();
    agent.rule = ruleOf({ mode: 'approve' });
    expect(agent.look(0, 'firing')).toBe('firing_started, decided');
    expect(agent.look(POLICY.approval.expiresMs, 'firing')).toBe('approval_ended');
    expect(agent.look(2_000, 'firing')).toBe('firing_started, suppressed by cooldown');
    expect(agent.look(60_000, 'firing')).toMatch(/decided/);
    const decided = agent.journal.findLast((event) => event.kind === 'decided')!;
    agent.enter({
      kind: 'approval_given',
      at: agent.nowMs,
      episode: decided.episode,
      rule: decided.rule,
      by: 'ann',
    });
    expect(agent.look(2_000, 'firing')).toBe('released');
    agent.send(decided);
    expect(agent.look(120_000, 'firing')).toBe('suppressed by repeat');
  });

  it('does not hold back an action of the same rule, when the rule is changed to one', () => {
    const agent = new Agent();
    agent.look(0, 'firing');
    agent.rule = ruleOf({ action: buildRule().action, version: 'bbbbbbbbbbbb' });
    expect(agent.look(60_000, 'firing')).toMatch(/decided/);
  });
});

describe('the budget of the agent', () => {
  const message = buildDecided({ rule: 'page', episode: 'page-1', action: notify });
  const policy = { ...POLICY, budget: { actions: 1, perMs: HOUR_MS } };

  function decisionsAfter(rule: Rule, ...events: JournalEvent[]): string[] {
    const history = emptyHistory();
    for (const event of events) record(history, event);
    const match = buildMatch({ rule: { ...rule, holding: { steadyMs: 0 } } });
    const situation = {
      rules: [match.rule],
      matches: [match],
      facts: buildFacts(),
      history,
      policy,
      nowMs: T0 + 120_000,
    };
    return atOnce(decide(situation)).map(inWords);
  }
  const finished = (episode: string) => buildFinished({ episode, outcome: 'nothing_to_do' });

  it('is not used up by messages', () => {
    const sent = [message, buildStarted({ episode: 'page-1', rule: 'page' }), finished('page-1')];
    expect(decisionsAfter(buildRule(), ...sent)).toContain('decided');
    expect(decisionsAfter(buildRule({ expect: { ...EXPECT, signal: 'other' } }), message)).toContain(
      'decided',
    );
  });

  it('does not hold messages back', () => {
    const other = buildDecided({ rule: 'other' });
    const acted = [other, buildStarted({ rule: 'other' }), finished('slow-api-1')];
    expect(decisionsAfter(buildRule(), ...acted)).toContain('suppressed by budget');
    expect(decisionsAfter(ruleOf(), ...acted)).toContain('decided');
  });

  it('leaves a rule that sends messages the budget that it states itself', () => {
    const own = ruleOf({ name: 'page', budget: { rule: { actions: 1, perMs: HOUR_MS } } });
    const sent = [message, buildStarted({ episode: 'page-1', rule: 'page' }), finished('page-1')];
    const elsewhere = buildDecided({ ...message, target: { job: 'shop' }, targetKey: '{job="shop"}' });
    expect(decisionsAfter(own, elsewhere, ...sent.slice(1))).toContain('suppressed by budget');
  });
});
