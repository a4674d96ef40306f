import type { Clock, TokenBook } from '@evenkeel/toolkit';
import type { KillSwitch } from '../actions/index.ts';
import type { HistoryBook, Policy } from '../decisions/index.ts';
import type { Journal, Leadership, Recorder } from '../journal/index.ts';
import type { SourceStatus } from '../facts/index.ts';
import type { Facts } from '../model/fact.ts';
import type { Plan } from '../model/action-request.ts';
import type { Role } from '../model/roles.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import type { LoadedRules, RuleEngine } from '../rules/index.ts';
import type { ReadRange } from '../verification/index.ts';
import type { EventFeed } from './event-feed.ts';

/** What the routes read and write. What changes while the agent runs is asked for anew each time. */
export interface ApiContext {
  journal: Journal;
  recorder: Recorder;
  leadership: Leadership;
  tokens: TokenBook;
  /** The tokens of the configuration, without their secrets. */
  configuredTokens: readonly { name: string; role: Role }[];
  /** Whether reading needs a token too. */
  guardReads: boolean;
  rateLimit: { requests: number; perMs: number };
  clock: Clock;
  feed: EventFeed;
  policy: Policy;
  history: () => HistoryBook;
  engines: () => readonly RuleEngine[];
  /** Why everything has to stand still at this moment, or undefined. */
  killSwitch: KillSwitch;
  /** Why a plan cannot be reverted, as far as that is known without asking the target. */
  irreversible: (plan: Plan) => string | undefined;
  facts: () => Facts | undefined;
  sources: () => readonly SourceStatus[];
  /** One question to Prometheus, beside the facts. */
  ask: (promql: string) => Promise<QueryResult>;
  /** The same over a range. */
  askRange: ReadRange;
  /** Rejects with RULES_CHECK_BUSY or RULES_TOO_COSTLY. */
  readRules: (text: { file: string; text: string }) => Promise<LoadedRules>;
  /** Told of what of a delivery of alerts was left out: by Alertmanager, and here. */
  onDelivery: (leftOut: { truncated: number; refused: number }) => void;
  /** Whether answers are held against the contract, too: for tests. */
  checkAnswers: boolean;
}
