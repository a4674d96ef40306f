import { type Clock, createLoop, type Logger, type Loop, type LoopTurn } from '@evenkeel/toolkit';
import type { Policy } from '../decisions/index.ts';
import type { Plan } from '../model/action-request.ts';
import type { Decided, JournalEvent } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import type { History, OpenEpisode } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import {
  consequences,
  controlOf,
  demotion,
  due,
  dueControls,
  dueReviews,
  findingOfSwitchback,
  isDue,
  isToMeasure,
  reviewed,
  switchbackMeasured,
  verified,
} from '../verification/index.ts';
import { createMeasuring, type PastSources } from './measuring.ts';

export interface VerifyingOptions {
  history: History;
  /** What was known at the last look. */
  facts: () => Facts | undefined;
  rules: () => readonly Rule[];
  policy: Policy;
  /** Without it nothing is measured: where time is played, there is no past. */
  past?: PastSources | undefined;
  /** Why a plan cannot be reverted; undefined when it may be tried. */
  irreversible?: ((plan: Plan) => string | undefined) | undefined;
  record: (events: readonly JournalEvent[]) => Promise<void>;
  /** The same, with events that are made when nobody else can write. */
  recordIf: (make: () => readonly JournalEvent[]) => Promise<void>;
  isActive: () => boolean;
  clock: Clock;
  logger: Logger;
  intervalMs: number;
  onTurn?: (turn: LoopTurn) => void;
}

export interface Verifying extends Loop {
  /** Gives the episodes that are due their verdict, looks again at one that improved, and judges one firing that was left alone. */
  verifyDue: () => Promise<void>;
}

/** Says of each action that has had its time to show whether it helped and whether that lasts, and of firings that were left alone how they went. */
export function createVerifying(options: VerifyingOptions): Verifying {
  const { history, facts, policy, record, recordIf, isActive, clock } = options;
  const measuring = createMeasuring(options);

  const verifyOne = async (episode: OpenEpisode, known: Facts) => {
    const finding = findingOfSwitchback(episode) ?? (await measuring.find(episode));
    if (finding === undefined || !isActive()) return;
    const nowMs = clock.now();
    const { plan } = episode;
    const isRevertible = plan !== undefined && options.irreversible?.(plan) === undefined;
    await recordIf(() => {
      // A person may have asked for a revert in the meantime: then that is what becomes of it.
      const still = history.openEpisodes.get(episode.decided.episode);
      if (still === undefined || !isDue(still, history, nowMs)) return [];
      if (isToMeasure(episode)) return [switchbackMeasured(episode, finding, nowMs)];
      return [
        verified(episode, finding, { facts: known, nowMs, maxAgeMs: policy.maxAgeMs }),
        ...consequences(episode, finding, { nowMs, isRevertible }),
      ];
    });
    await weighEvidence(episode.decided);
  };
  const weighEvidence = async (decided: Pick<Decided, 'rule'>) => {
    const rule = options.rules().find(({ name }) => name === decided.rule);
    if (rule !== undefined) await record(demotion(rule, history, clock.now()));
  };
  const judgeControl = async () => {
    const waiting = options.past === undefined ? [] : dueControls(history, clock.now());
    // One whose past cannot be read does not hold up the others.
    const watched = waiting.find(measuring.mayFind);
    const finding = watched && (await measuring.find(watched));
    if (finding === undefined || !isActive()) return;
    const { judgement } = finding;
    await record([controlOf(watched!.decided, { judgement, nowMs: clock.now() })]);
    await weighEvidence(watched!.decided);
  };
  const reviewOne = async () => {
    if (options.past === undefined) return;
    const pending = dueReviews(history, clock.now()).find(measuring.mayFind);
    const found = pending && (await measuring.review(pending));
    if (found === undefined || !isActive()) return;
    await recordIf(() => {
      // It may be reverted by now.
      if (history.reviews.get(pending!.decided.episode)?.look !== pending!.look) return [];
      return [reviewed(pending!, found, clock.now())];
    });
  };
  const verifyDue = async () => {
    const known = facts();
    if (known === undefined || !isActive()) return;
    for (const episode of due(history, known.readAtMs)) await verifyOne(episode, known);
    await reviewOne();
    await judgeControl();
  };
  return { ...createLoop({ name: 'verifying', run: verifyDue, ...options }), verifyDue };
}
