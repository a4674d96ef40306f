import type { Plan, PlanValue } from './action-request.ts';
import type {
  Decided,
  IssuedToken,
  KillSwitchOrdered,
  Look,
  Pause,
  RevertRequested,
  RuleModeSet,
  RulesLoaded,
  RuleTextKept,
  RuleWritten,
} from './event.ts';
import type { Judgement } from './judgement.ts';
import type { MatchOutcome } from './match.ts';
import type { Mode } from './rule.ts';
import type { Target } from './target.ts';

/** What is known of one rule on one target. */
export interface Track {
  rule: string;
  target: Target;
  targetKey: string;
  firing?: Firing;
  suppression?: { guard: string; because: string; at: number };
  /** The episode in flight. */
  episode?: string;
  cooldownUntilMs: number;
  /** A person's no. */
  veto?: Veto;
  /** The last firing that was left alone and kept as a control. */
  leftAlone?: { firingStart: number; ruleVersion: string; untilMs?: number };
  /** How its episodes went, as far as it bears on the next one. */
  results: Results;
  /** When its firings ended, oldest first, for as long as flapping may look back. */
  firingEndsMs: readonly number[];
  /** The last look at it: not journalled, empty after a restart. */
  seen?: { atMs: number; outcome: MatchOutcome; because: string };
  /** When its facts were last ok; not journalled either. */
  knownAtMs?: number;
}

/** What a person said no to, and for how long that lasts unless the condition clears before. */
export interface Veto {
  what: 'rejected' | 'reverted';
  by: string;
  because: string;
  untilMs: number;
  /** From when on the condition counts as cleared: what is reverted still has an effect for a while. */
  clearsFromMs: number;
}

/** Episodes in a row, back to the last that helped, under one version of the rule. */
export interface Results {
  ruleVersion: string;
  worsened: number;
  /** Without effect, or failed. */
  useless: number;
  /** Without effect, one after the other: each doubles the cooldown. */
  noEffect: number;
  /** The last action was reverted. */
  rolledBack: boolean;
  /** What the last that helped has wiped out: it counts again when that fades. */
  wiped?: { episode: string; worsened: number; useless: number };
}

export interface Firing {
  sinceMs: number;
  /** When it was last seen to hold. */
  confirmedAtMs: number;
  /** The facts failed since: `for` has to be fulfilled anew. */
  interrupted: boolean;
  /** Whether it held at each look since it began, oldest first; not journalled, empty after a restart. */
  looks: readonly boolean[];
  /** The message of it, where the rule's action is one: there is one for a firing. */
  message?: FiringMessage;
}

/** `under_way`: decided, and not known to be sent yet. `unclear`: it may have been sent. `shadow`: it would have been sent. */
export interface FiringMessage {
  state: 'under_way' | 'sent' | 'unclear' | 'shadow';
  atMs: number;
}

/** How firings of a rule went: with an action, and without. */
export interface RuleOutcomes {
  ruleVersion: string;
  treated: readonly KeptEpisode[];
  controls: readonly KeptControl[];
}

/** A measured episode as it is kept. `spread`: how far forecasts are off. What is optional is absent in older journals. */
export interface KeptEpisode {
  /** How much better it went than forecast. */
  errorPerSpread: number;
  /** The smallest effect that counted. */
  minimumPerSpread?: number;
  /** In standard deviations of the signal. */
  spreadInSigmas?: number;
}

export interface KeptControl {
  atMs: number;
  targetKey: string;
  errorPerSpread: number;
}

/** A firing that is judged though nothing was done, from the moment at which something would have been. */
export type Unacted = Pick<
  Decided,
  'at' | 'rule' | 'ruleVersion' | 'target' | 'targetKey' | 'episode' | 'idempotencyKey' | 'action' | 'expect'
> & {
  /** The guard that objected; none in shadow mode. */
  guard?: string;
};

/** An episode between its decision and its verdict. */
export interface OpenEpisode {
  decided: Decided;
  state: 'awaiting_approval' | 'decided' | 'executing' | 'settling';
  plan?: Plan;
  idempotencyKey: string;
  /** When something may first have been sent. */
  startedAtMs?: number;
  /** Its alerts are silenced. */
  silenced?: true;
  /** An agent started, or took over, while it was under way: whoever carried it out is gone. */
  cutOff?: true;
  /** Who has said yes so far. */
  approvedBy: readonly string[];
  /** The message that it waits for an approval, once that was to be sent. */
  ask?: ApprovalAsk;
  /** Once applied: when its effect should show, and until when it is watched. */
  settlesAtMs?: number;
  measuredAtMs?: number;
  /** Once applied, where it is switched off and on again. */
  switchback?: Switchback;
}

/** An action that is switched off and on in an order that was drawn before. */
export interface Switchback {
  /** When its first block began. */
  startedAtMs: number;
  /** Whether the action is on, as the last switch that ended left it. */
  isOn: boolean;
  /** The first block of which it is not settled yet whether it needs a switch. */
  nextBlock: number;
  /** Written ahead, and no outcome is known. */
  switching?: { to: 'on' | 'off'; idempotencyKey: string; plan: Plan };
  ended?: SwitchbackEnd;
}

export interface SwitchbackEnd {
  atMs: number;
  /** What was measured; absent where it was cut short. */
  judgement?: Judgement;
  because?: string;
  /** The action is to stay on, and is set on if that can be done soon. */
  wantsOn: boolean;
}

/** An action that improved its signal, while it is looked at whether that lasts. */
export interface PendingReview {
  decided: Decided;
  startedAtMs: number;
  settlesAtMs: number;
  measuredAtMs: number;
  /** The next look. */
  look: Look;
}

/** How often the message was tried, last at which time, and whether it is known to have arrived. */
export interface ApprovalAsk {
  attempts: number;
  atMs: number;
  sent: boolean;
}

/** An action that is to be reverted, or is being reverted. */
export interface PendingRevert {
  requested: RevertRequested;
  /** Once something may have been sent. */
  idempotencyKey?: string;
}

/** The start of an action. */
export interface ActionStart {
  atMs: number;
  rule: string;
  targetKey: string;
  /** It was a message, which the agent's budget does not count. */
  message?: true;
  /** It set something back, or anew: nor does the agent's budget count that. */
  turn?: true;
}

/** What an action set, and what stood there before. */
export interface Move {
  atMs: number;
  from: PlanValue;
  to: PlanValue;
  rule: string;
  ruleVersion: string;
  targetKey: string;
}

export type SetMode = RuleModeSet & { mode: Mode };

/** What the past says, as `decide` sees it. */
export interface History {
  readonly tracks: ReadonlyMap<string, Track>;
  readonly openEpisodes: ReadonlyMap<string, OpenEpisode>;
  readonly pauses: ReadonlyMap<string, Pause>;
  readonly killSwitch: { engaged: boolean; because: string; sinceMs?: number };
  /** The stop that a person ordered through the API. */
  readonly stopOrder?: KillSwitchOrdered;
  readonly reverts: ReadonlyMap<string, PendingRevert>;
  /** The episodes that were reverted last: who asks for a revert may have looked just before. */
  readonly lastReverted: readonly string[];
  /** Actions that were started, oldest first. */
  readonly actionStarts: readonly ActionStart[];
  /** What was moved of late, by the name of what was moved (see `resourceOf`), oldest first. */
  readonly moves: ReadonlyMap<string, readonly Move[]>;
  /** By rule, of the version that was seen last. */
  readonly outcomes: ReadonlyMap<string, RuleOutcomes>;
  /** Improvements that may still turn out not to last, by episode. They hold nothing and keep nobody back. */
  readonly reviews: ReadonlyMap<string, PendingReview>;
  /** Firings that were left alone and are not judged yet, by episode: a few of each rule. */
  readonly unacted: ReadonlyMap<string, Unacted>;
  /** The rules in force when they were last loaded. */
  readonly loadedRules: RulesLoaded['rules'];
  /** What the rules of files among them say, by their names. */
  readonly ruleTexts: ReadonlyMap<string, RuleTextKept>;
  /** The rules that were written through the API, each in its last version; another map with every change. */
  readonly writtenRules: ReadonlyMap<string, RuleWritten>;
  /** Modes that people have set, by rule; another map with every change. */
  readonly setModes: ReadonlyMap<string, SetMode>;
  /** The tokens that were created and not revoked, by id. */
  readonly tokens: ReadonlyMap<string, IssuedToken>;
}

/** The name of a rule on a target in `History.tracks`. */
export function trackKey(rule: string, targetKey: string): string {
  return `${rule}${targetKey}`;
}
