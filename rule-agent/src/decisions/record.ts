import { isMessage } from '../actions/kind-of.ts';
import {
  EVIDENCE,
  type JournalEvent,
  type RuleModeSet,
  type RulesLoaded,
  type Started,
} from '../model/event.ts';
import { LONGEST_BUDGET_MS } from '../model/limits.ts';
import {
  closeApproval,
  cutOffEpisodes,
  recordApproval,
  recordAsked,
  recordAskEnded,
  recordDecided,
  recordFinished,
  recordReverted,
  recordRevertRequested,
  recordVerified,
  updateEpisode,
} from './episode-book.ts';
import type { HistoryBook } from './history-book.ts';
import { forgetMovesOf, isTurn } from './move-book.ts';
import { endHoldOut, forgetTreated, recordControl, recordSuppressed } from './outcome-book.ts';
import { recordReviewed } from './review-book.ts';
import { recordKillSwitch, recordPauseEnded, recordStopOrder } from './stop-book.ts';
import { recordSwitchbackMeasured, recordSwitchEnded, recordSwitchStarted } from './switchback-book.ts';
import { endFiring, liftVeto, resetResults, startFiring, trackFor } from './track-book.ts';

/** Enters one journalled event. Replaying the whole journal through this gives the history it had when it was written. */
export function record(history: HistoryBook, event: JournalEvent): void {
  switch (event.kind) {
    case 'firing_started':
      startFiring(trackFor(history, event), event.at);
      break;
    case 'firing_ended':
      endFiring(trackFor(history, event), event.at);
      break;
    case 'suppressed':
      recordSuppressed(history, event);
      break;
    case 'decided':
      recordDecided(history, event);
      break;
    case 'approval_given':
      recordApproval(history, event);
      break;
    case 'approval_asked':
      recordAsked(history, event);
      break;
    case 'approval_ask_ended':
      recordAskEnded(history, event);
      break;
    case 'released':
      delete trackFor(history, event).suppression;
      updateEpisode(history, event.episode, { state: 'decided' });
      break;
    case 'approval_ended':
      closeApproval(history, event);
      break;
    case 'started':
      recordStarted(history, event);
      break;
    case 'finished':
      recordFinished(history, event);
      break;
    case 'switch_started':
      recordSwitchStarted(history, event);
      break;
    case 'switch_ended':
      recordSwitchEnded(history, event);
      break;
    case 'switchback_measured':
      recordSwitchbackMeasured(history, event);
      break;
    case 'verified':
      recordVerified(history, event);
      break;
    case 'verdict_reviewed':
      recordReviewed(history, event);
      break;
    case 'control':
      recordControl(history, event);
      break;
    case 'alerts_silenced':
      updateEpisode(history, event.episode, { silenced: true });
      break;
    case 'revert_requested':
      recordRevertRequested(history, event);
      break;
    case 'veto_ended':
      liftVeto(trackFor(history, event));
      break;
    case 'revert_started': {
      const revert = history.reverts.get(event.episode);
      if (revert !== undefined)
        history.reverts.set(event.episode, { ...revert, idempotencyKey: event.idempotencyKey });
      break;
    }
    case 'agent_started':
      cutOffEpisodes(history);
      break;
    case 'reverted':
      recordReverted(history, event);
      break;
    case 'breaker_reset':
      resetResults(trackFor(history, event));
      liftVeto(trackFor(history, event));
      endHoldOut(trackFor(history, event), event.at);
      forgetMovesOf(history, event);
      break;
    case 'pause_created':
      history.pauses.set(event.pause.id, event.pause);
      break;
    case 'pause_ended':
      recordPauseEnded(history, event);
      break;
    case 'kill_switch_changed':
      recordKillSwitch(history, event);
      break;
    case 'kill_switch_ordered':
      recordStopOrder(history, event);
      break;
    case 'rule_text':
      history.ruleTexts.set(event.rule, event);
      break;
    case 'rules_loaded':
      recordLoaded(history, event);
      break;
    case 'rule_written':
      history.writtenRules = new Map(history.writtenRules).set(event.rule, event);
      break;
    case 'rule_removed':
      history.writtenRules = without(history.writtenRules, event.rule);
      history.setModes = without(history.setModes, event.rule);
      break;
    case 'rule_mode_set':
      recordMode(history, event);
      break;
    case 'token_created':
      history.tokens.set(event.token.id, event.token);
      break;
    case 'token_revoked':
      history.tokens.delete(event.id);
      break;
    default:
  }
}

function recordStarted(history: HistoryBook, { at, rule, episode, plan, idempotencyKey }: Started): void {
  const open = history.openEpisodes.get(episode);
  const message = open !== undefined && isMessage(open.decided.action);
  history.actionStarts = history.actionStarts.filter(({ atMs }) => atMs > at - LONGEST_BUDGET_MS);
  history.actionStarts.push({
    ...{ atMs: at, rule, targetKey: open?.decided.targetKey ?? '' },
    ...(message && { message }),
    ...(open !== undefined && isTurn(history, open.decided, plan) && { turn: true as const }),
  });
  const startedAtMs = open?.startedAtMs ?? at;
  updateEpisode(history, episode, { state: 'executing', plan, idempotencyKey, startedAtMs });
}

function recordLoaded(history: HistoryBook, { rules }: RulesLoaded): void {
  history.loadedRules = rules;
  const names = new Set(rules.map(({ name }) => name));
  for (const name of history.ruleTexts.keys()) if (!names.has(name)) history.ruleTexts.delete(name);
}

function recordMode(history: HistoryBook, { mode, ...event }: RuleModeSet): void {
  const wasDemoted = history.setModes.get(event.rule)?.by === EVIDENCE;
  if (wasDemoted && event.by !== EVIDENCE) forgetTreated(history, event.rule);
  if (mode === undefined) history.setModes = without(history.setModes, event.rule);
  else history.setModes = new Map(history.setModes).set(event.rule, { ...event, mode });
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  return new Map([...map].filter(([name]) => name !== key));
}
