import {
  databaseUrlSchema,
  durationSchema,
  messageOf,
  parseListenAddress,
  secretSchema,
} from '@evenkeel/toolkit';
import { z } from 'zod';
import { LONGEST_ADVICE } from '../actions/approval-message.ts';
import { SEVERITIES } from '../actions/kinds/notify/message.ts';
import {
  LONGEST_BUDGET_MS,
  LONGEST_FLAPPING_MS,
  LONGEST_OSCILLATION_MS,
  LONGEST_VETO_MS,
  MOST_TURNS,
} from '../model/limits.ts';
import { ROLES } from '../model/roles.ts';
import { positiveDuration } from '../schema/durations.ts';
import { reportIssue, unknownName } from '../schema/issues.ts';
import { plainText } from '../schema/templates.ts';
import { timeWindowsSchema, timeZoneSchema } from '../schema/time-window.ts';
import { httpUrl } from '../schema/urls.ts';
import { prometheusSchema } from './prometheus.ts';
import { systemSchema } from './systems.ts';

const DAY_MS = 86_400_000;

const listenAddress = z.string().transform((text, context) => {
  try {
    return parseListenAddress(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `${messageOf(error)}: write host:port` });
    return z.NEVER;
  }
});

const sharedJournal = z.strictObject({
  url: databaseUrlSchema(['postgres', 'postgresql']),
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'expected the name of a schema such as evenkeel_agent')
    .default('evenkeel_agent'),
  lease: positiveDuration.refine((ms) => ms >= 1_000, 'must be 1s at least').prefault('15s'),
  timeout: positiveDuration.prefault('5s'),
  advertise: httpUrl.optional(),
});

const journalSchema = z
  .strictObject({
    path: z.string().min(1).optional(),
    postgres: sharedJournal.optional(),
    retain: positiveDuration.refine((ms) => ms >= DAY_MS, 'must be 1d at least').optional(),
  })
  .refine(({ path, postgres }) => (path === undefined) !== (postgres === undefined), {
    message: 'expected path (a file, for one agent) or postgres (for several), not both',
  });

const oscillationTime = positiveDuration.refine((ms) => ms <= LONGEST_OSCILLATION_MS, 'must be 7d at most');

const approvalLimits = z.strictObject({
  expire: positiveDuration.prefault('15m'),
  four_eyes: z.boolean().default(false),
});

const approvalMessage = z.strictObject({
  system: z.string(),
  text: plainText.max(LONGEST_ADVICE).optional(),
  severity: z.enum(SEVERITIES).default('warning'),
});

const token = z.strictObject({ name: z.string().min(1), role: z.enum(ROLES), token: secretSchema });

const agentKeys = z.strictObject({
  prometheus: prometheusSchema,
  interval: positiveDuration.prefault('2s'),
  rules: z.array(z.string().min(1)).min(1),
  journal: journalSchema,
  systems: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), systemSchema).default({}),
  budget: z
    .strictObject({
      actions: z.int().min(0).default(10),
      per: positiveDuration.refine((ms) => ms <= LONGEST_BUDGET_MS, 'must be 1d at most').prefault('1h'),
    })
    .prefault({}),
  blast_radius: z
    .strictObject({ share: z.number().gt(0).max(1).default(0.5), targets: z.int().min(2).default(4) })
    .prefault({}),
  flapping: z
    .strictObject({
      times: z.int().min(2).default(6),
      within: positiveDuration.refine((ms) => ms <= LONGEST_FLAPPING_MS, 'must be 1d at most').prefault('1h'),
    })
    .prefault({}),
  oscillation: z
    .strictObject({
      turns: z.int().min(2).max(MOST_TURNS).default(4),
      within: oscillationTime.prefault('4h'),
      rest: oscillationTime.prefault('1d'),
    })
    .prefault({}),
  veto: z
    .strictObject({
      rest: durationSchema.refine((ms) => ms <= LONGEST_VETO_MS, 'must be 90d at most').prefault('1d'),
    })
    .prefault({}),
  approvals: approvalLimits.extend({ notify: approvalMessage.optional() }).prefault({}),
  maintenance: timeWindowsSchema.default([]),
  time_zone: timeZoneSchema.default('UTC'),
  kill_switch_file: z.string().min(1).optional(),
  web: z.strictObject({ allowed_hosts: z.array(z.string().min(1).max(255)).min(1).optional() }).prefault({}),
  api: z
    .strictObject({
      listen: listenAddress.prefault('127.0.0.1:9851'),
      reads_need_token: z.boolean().default(false),
      tokens: z.array(token).default([]),
      rate_limit: z
        .strictObject({ requests: z.int().min(1).default(1200), per: positiveDuration.prefault('1m') })
        .prefault({}),
    })
    .prefault({}),
});

/** `agent.yml`. Every `token` may be given as `token_file`; relative paths are relative to the config file. */
export const agentConfigSchema = agentKeys.superRefine(({ approvals: { notify }, systems }, context) => {
  if (notify === undefined) return;
  const mistake = mistakeOfSystem(notify.system, systems);
  if (mistake !== undefined) reportIssue(context, ['approvals', 'notify', 'system'], mistake);
});

/** Why a system cannot send messages, or undefined. */
function mistakeOfSystem(name: string, systems: z.output<typeof agentKeys>['systems']): string | undefined {
  const senders = Object.keys(systems).filter((one) => systems[one]!.kind === 'notify');
  if (senders.includes(name)) return undefined;
  if (!Object.hasOwn(systems, name)) return unknownName('system', name, senders);
  return `${name} is a system for ${systems[name]!.kind}: name one of kind notify`;
}

/** The agent's own limits on when it may act. */
export const limitsSchema = agentKeys
  .pick({
    budget: true,
    blast_radius: true,
    flapping: true,
    oscillation: true,
    veto: true,
    maintenance: true,
    time_zone: true,
  })
  .extend({ approvals: approvalLimits.prefault({}) });

export type AgentConfig = z.output<typeof agentConfigSchema>;
