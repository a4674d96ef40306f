import type { ActionRequest, Plan } from './action-request.ts';
import type { Fact } from './fact.ts';
import type { Judgement, Verdict } from './judgement.ts';
import type { Role } from './roles.ts';
import type { Expectation, Mode, RuleTerms } from './rule.ts';
import type { SwitchbackOrder } from './switchback.ts';
import type { Labels, Target } from './target.ts';

export type { Verdict };

interface Occurrence {
  /** Epoch milliseconds. */
  at: number;
}

interface OfTarget extends Occurrence {
  rule: string;
  ruleVersion: string;
  target: Target;
  targetKey: string;
}

export interface FiringStarted extends OfTarget {
  kind: 'firing_started';
  facts: Readonly<Record<string, Fact>>;
}

export interface FiringEnded extends OfTarget {
  kind: 'firing_ended';
  firingStart: number;
  /**
   * `clear`: the clear condition holds. `not_held`: it stopped before `for` was over. `interrupted`: it was not watched for
   * a while, or its message was decided in shadow mode, and the rule sends messages now.
   */
  reason: 'clear' | 'not_held' | 'interrupted';
}

export interface Suppressed extends OfTarget {
  kind: 'suppressed';
  firingStart: number;
  /** By its name; an older journal may name one that is no longer there. */
  guard: string;
  because: string;
  /** Where the firing is left alone whatever it comes to: it is judged as if something had been done. */
  leftAlone?: LeftAlone;
}

/** What would have been done about a firing, and should have come of it. */
export interface LeftAlone {
  /** Its name among the controls. */
  episode: string;
  idempotencyKey: string;
  action: ActionRequest;
  expect: Expectation;
  /** Until when nothing is done, where that is on purpose. */
  untilMs?: number;
}

/** The start of an episode. In shadow mode it is also its end. */
export interface Decided extends OfTarget {
  kind: 'decided';
  episode: string;
  mode: Exclude<Mode, 'off'>;
  priority: number;
  firingStart: number;
  idempotencyKey: string;
  action: ActionRequest;
  expect: Expectation;
  cooldownMs: number;
  facts: Readonly<Record<string, Fact>>;
  /** The expected signal as it was; an observation, no measurement of any effect. */
  observedBefore: Fact;
  /** Alerts that are silenced while it is under way: those with all of these labels, from its start on for so long at most. */
  silence?: { system: string; matchers: Labels; mostMs: number };
  /** The firing was left alone at first, and kept as a control: of those so treated only the ones that lasted are acted on. */
  afterControl?: true;
  /** In mode `approve`: until when a person may say yes, and how many have to. */
  approval?: { expiresAt: number; needed: number };
  /** In which blocks the action is to be on: drawn before anything is done. */
  switchbackOrder?: SwitchbackOrder;
}

/** An episode that waited for a person goes on. */
export interface Released extends OfTarget {
  kind: 'released';
  episode: string;
  approvedBy: readonly string[];
}

/**
 * An episode that waited for a person ends without an action. `cleared`: the condition no longer holds. `superseded`: the rule
 * that asked was changed, is gone, or is in another mode.
 */
export interface ApprovalEnded extends OfTarget {
  kind: 'approval_ended';
  episode: string;
  reason: 'expired' | 'cleared' | 'rejected' | 'superseded';
  by?: string;
  because?: string;
  /** After a rejection: for how long the rule rests on the target. Absent in older journals. */
  restMs?: number;
}

/** The condition that a person did not want to be acted on has cleared: the rule is free again on the target. */
export interface VetoEnded extends OfTarget {
  kind: 'veto_ended';
}

export type Decision =
  FiringStarted | FiringEnded | Suppressed | Decided | Released | ApprovalEnded | VetoEnded;

/** A person said yes. */
export interface ApprovalGiven extends OfEpisode {
  kind: 'approval_given';
  by: string;
  because?: string;
}

/** People are about to be told that an approval waits; written before the message is sent. */
export interface ApprovalAsked extends OfEpisode {
  kind: 'approval_asked';
  system: string;
  text: string;
  idempotencyKey: string;
}

/** What became of that message. `failed`: it was refused, or it is not known whether it arrived. */
export interface ApprovalAskEnded extends OfEpisode {
  kind: 'approval_ask_ended';
  outcome: 'sent' | 'failed';
  because?: string;
}

interface OfEpisode extends Occurrence {
  episode: string;
  rule: string;
}

/** Written before the target is touched; without it nothing is sent. */
export interface Started extends OfEpisode {
  kind: 'started';
  idempotencyKey: string;
  plan: Plan;
}

/** `unclear`: the target shows neither what was nor what we wanted, or cannot show it. `abandoned`: the agent stopped before it was sent, or before it took. */
export const OUTCOMES = ['applied', 'nothing_to_do', 'failed', 'halted', 'abandoned', 'unclear'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Finished extends OfEpisode {
  kind: 'finished';
  outcome: Outcome;
  because?: string;
  plan?: Plan;
  /** Found out afterwards by looking at the target, not from its answer. */
  reconciled: boolean;
}

/** The action of a switchback is about to be taken back, or set again; without it nothing is sent. */
export interface SwitchStarted extends OfEpisode {
  kind: 'switch_started';
  to: 'on' | 'off';
  /** For which block, from 1 on; absent for the last one, which sets it to where it is to stay. */
  block?: number;
  idempotencyKey: string;
  plan: Plan;
}

/**
 * How a switch of a switchback ended. Any but `switched` cuts the switchback short. `missed`: its time was over before it was made.
 * `halted`: it was not wanted any more. `changed_since`: the target no longer stood where the last switch had left it.
 */
export const SWITCH_OUTCOMES = ['switched', 'missed', 'halted', 'refused', 'changed_since'] as const;
export type SwitchOutcome = (typeof SWITCH_OUTCOMES)[number];

export interface SwitchEnded extends OfEpisode {
  kind: 'switch_ended';
  to: 'on' | 'off';
  outcome: SwitchOutcome;
  because?: string;
}

/** All blocks are over and measured. The verdict follows when the action is where it is to stay. */
export interface SwitchbackMeasured extends OfEpisode {
  kind: 'switchback_measured';
  judgement: Judgement;
  because?: string;
}

export interface Verified extends OfEpisode {
  kind: 'verified';
  verdict: Verdict;
  observedAfter: Fact;
  /** What the verdict was made of; absent in older journals. */
  judgement?: Judgement;
  /** Why nothing could be measured, where that needs more words than the verdict has. */
  because?: string;
}

/** Looks at how long an improvement lasts: at the end of the second window after the effect should show, and of the third. */
export const LOOKS = [2, 3] as const;
export type Look = (typeof LOOKS)[number];

/** A later look at an action that had improved its signal. It may only take that back. */
export interface VerdictReviewed extends OfEpisode {
  kind: 'verdict_reviewed';
  look: Look;
  verdict: 'improved' | 'improved_but_faded';
  /** Of what came after the first window. */
  judgement?: Judgement;
  /** How much less than two thirds of the effect was left, and how much that is by chance at most; in the signal's unit. */
  decline?: { estimate: number; bound?: number };
  /** Why it could not be looked at. */
  because?: string;
}

/**
 * A firing that was left alone was judged as if there had been an action: what verdicts are compared with, and what shows how often they
 * are wrong. `errorPerSpread`: how much better it went than forecast, by how far forecasts are off; absent where that is not known.
 */
export interface Control extends OfTarget {
  kind: 'control';
  episode: string;
  verdict: Verdict;
  errorPerSpread?: number;
  /** At which it fired, in the signal's unit. */
  level?: number;
}

/** Alertmanager keeps alerts of the target to itself while the action is under way. */
export interface AlertsSilenced extends OfEpisode {
  kind: 'alerts_silenced';
  system: string;
  matchers: Labels;
  endsAt: number;
}

/** The silence of an episode was ended, before it would have ended by itself. */
export interface AlertsUnsilenced extends OfEpisode {
  kind: 'alerts_unsilenced';
  system: string;
}

/** Who asks for a revert when it is no person. */
export const GUARDRAIL = 'guardrail';

/** A person, or a guardrail, wants an action reverted. */
export interface RevertRequested extends OfTarget {
  kind: 'revert_requested';
  episode: string;
  plan: Plan;
  /** The rest after it. */
  cooldownMs: number;
  /** When a person asks for it: for how long the rule rests on the target. `settleMs`: how long an effect takes to go. */
  rest?: { forMs: number; settleMs: number };
  by: string;
  because: string;
}

/** Written before the target is touched; without it nothing is sent. */
export interface RevertStarted extends OfEpisode {
  kind: 'revert_started';
  idempotencyKey: string;
}

/** `changed_since`: the target no longer stands where the action left it, so that it was left alone. */
export const REVERT_OUTCOMES = ['reverted', 'changed_since', 'refused'] as const;
export type RevertOutcome = (typeof REVERT_OUTCOMES)[number];

export interface Reverted extends OfEpisode {
  kind: 'reverted';
  outcome: RevertOutcome;
  because?: string;
}

/** A person gives a rule that the breaker holds back another chance on a target. */
export interface BreakerReset extends OfTarget {
  kind: 'breaker_reset';
  by: string;
  because: string;
}

export interface AgentStarted extends Occurrence {
  kind: 'agent_started';
  version: string;
}

export interface AgentStopped extends Occurrence {
  kind: 'agent_stopped';
}

export interface RulesLoaded extends Occurrence {
  kind: 'rules_loaded';
  rules: readonly { name: string; version: string; mode: Mode }[];
}

/** A version of a rule of a file, before it comes into force: what its episodes were decided by. */
export interface RuleTextKept extends Occurrence {
  kind: 'rule_text';
  rule: string;
  ruleVersion: string;
  file: string;
  /** As it was written: the values of variables are not kept, but for those in `terms`. */
  text: string;
  terms: RuleTerms;
}

/** A person's stop: of one rule, or of everything when `rule` is absent. */
export interface Pause {
  id: string;
  reason: string;
  createdBy: string;
  createdAt: number;
  rule?: string;
  endsAt?: number;
}

export interface PauseCreated extends Occurrence {
  kind: 'pause_created';
  pause: Pause;
}

export interface PauseEnded extends Occurrence {
  kind: 'pause_ended';
  id: string;
  endedBy: string;
}

export interface KillSwitchChanged extends Occurrence {
  kind: 'kill_switch_changed';
  engaged: boolean;
  because: string;
}

/** A person stops everything through the API, or ends that stop. */
export interface KillSwitchOrdered extends Occurrence {
  kind: 'kill_switch_ordered';
  engaged: boolean;
  by: string;
  because: string;
}

/** A rule as a person wrote it through the API: its whole file. */
export interface RuleWritten extends Occurrence {
  kind: 'rule_written';
  rule: string;
  ruleVersion: string;
  text: string;
  by: string;
}

export interface RuleRemoved extends Occurrence {
  kind: 'rule_removed';
  rule: string;
  by: string;
}

/** Who sets the mode of a rule when it is no person. */
export const EVIDENCE = 'evidence';

/** A person, or the evidence, sets the mode of a rule; without `mode` it goes back to the one that the rule states. */
export interface RuleModeSet extends Occurrence {
  kind: 'rule_mode_set';
  rule: string;
  mode?: Mode;
  by: string;
  because: string;
}

/** A token as it is kept: the SHA-256 of 256 random bits, which no guessing reaches. */
export interface IssuedToken {
  id: string;
  name: string;
  role: Role;
  hash: string;
  createdBy: string;
  createdAt: number;
  expiresAt?: number;
}

export interface TokenCreated extends Occurrence {
  kind: 'token_created';
  token: IssuedToken;
}

export interface TokenRevoked extends Occurrence {
  kind: 'token_revoked';
  id: string;
  name: string;
  by: string;
}

export interface AlertReceived extends Occurrence {
  kind: 'alert_received';
  groupKey: string;
  fingerprint: string;
  status: 'firing' | 'resolved';
  startsAt: string;
  endsAt: string;
  receiver: string;
  labels: Labels;
  annotations: Labels;
  generatorUrl: string;
  /** How many of its group Alertmanager left out of the delivery. */
  truncatedAlerts?: number;
}

export type JournalEvent =
  | Decision
  | Started
  | Finished
  | SwitchStarted
  | SwitchEnded
  | SwitchbackMeasured
  | Verified
  | VerdictReviewed
  | Control
  | ApprovalGiven
  | ApprovalAsked
  | ApprovalAskEnded
  | AlertsSilenced
  | AlertsUnsilenced
  | RevertRequested
  | RevertStarted
  | Reverted
  | BreakerReset
  | AgentStarted
  | AgentStopped
  | RuleTextKept
  | RulesLoaded
  | PauseCreated
  | PauseEnded
  | KillSwitchChanged
  | KillSwitchOrdered
  | RuleWritten
  | RuleRemoved
  | RuleModeSet
  | TokenCreated
  | TokenRevoked
  | AlertReceived;

export type EventKind = JournalEvent['kind'];
