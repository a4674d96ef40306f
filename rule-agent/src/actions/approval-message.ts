import { formatDuration } from '@evenkeel/toolkit';
import type { ActionRequest } from '../model/action-request.ts';
import type { Decided } from '../model/event.ts';
import type { Expectation } from '../model/rule.ts';
import { blockMs } from '../model/switchback.ts';
import { targetKey } from '../model/target.ts';
import type { PlanResult } from './action.ts';
import type { SEVERITIES } from './kinds/notify/message.ts';

/** How people are told that an approval waits, as the configuration has it. */
export interface ApprovalMessage {
  /** The system of kind `notify` that takes it. */
  system: string;
  /** Words for the people who get it, at its end. */
  text?: string | undefined;
  severity: (typeof SEVERITIES)[number];
}

/** Together with what the agent says of the approval it stays within what PagerDuty takes. */
export const LONGEST_ADVICE = 200;
const LONGEST_PART = 200;

/** The message as an action of the kind that sends it. */
export function messageRequest({ system, severity }: ApprovalMessage, text: string): ActionRequest {
  // What a target or a label says is no template.
  return { kind: 'notify', system, name: 'approval', text: text.replaceAll('${', '$ {'), severity };
}

/** What is asked, of whom nothing but the role is known: which rule, where, what it would do, until when, and how to say yes or no. */
export function approvalText(
  { episode, rule, target, approval, expect }: Decided,
  { planned, advice }: { planned: PlanResult; advice?: string | undefined },
): string {
  const path = `/api/v1/episodes/${episode}`;
  const until = new Date(approval?.expiresAt ?? 0).toISOString();
  const people =
    approval !== undefined && approval.needed > 1 ? ` ${approval.needed} people have to approve.` : '';
  return [
    `Rule ${rule} asks for an approval on ${cut(targetKey(target))}: ${cut(wordsOf(planned))}${switchesOf(expect)}.`,
    `It waits until ${until}.${people}`,
    `With an operator's token: POST ${path}/approve or ${path}/reject.`,
    ...(advice === undefined ? [] : [advice]),
  ].join(' ');
}

/** As the target stands now: until it is approved, somebody may move it. */
function wordsOf(planned: PlanResult): string {
  if (planned.kind === 'impossible') return `what it would do is not known, ${planned.because}`;
  if (planned.kind === 'nothing_to_do') return `there is nothing to do at this moment, ${planned.because}`;
  const { system, name, from, to } = planned.plan;
  return `${system}/${name}${from === null ? '' : ` from ${from}`}${to === null ? '' : ` to ${to}`}`;
}

/** Who says yes to a proof says yes to its blocks without the action, too. */
function switchesOf(expect: Expectation): string {
  const { switchback } = expect;
  if (switchback === undefined) return '';
  return `; for a proof it is switched on and off in ${switchback} blocks of ${formatDuration(blockMs(expect))}`;
}

function cut(text: string): string {
  return text.length <= LONGEST_PART ? text : `${text.slice(0, LONGEST_PART).toWellFormed()}...`;
}
