import { rowsOfEpisode } from '../../journal/index.ts';
import type { OpenEpisode } from '../../model/history.ts';
import { targetKey } from '../../model/target.ts';
import { requestRevert } from '../../verification/index.ts';
import type { ApiContext } from '../context.ts';
import type { Handlers } from '../handler.ts';
import { noteWith } from '../note.ts';
import { conflict, notFound } from '../problems.ts';

type Interventions = 'approveEpisode' | 'rejectEpisode' | 'revertEpisode' | 'resetRule';

/** What a person does about what the agent did, or wants to do. */
export function interventionHandlers(context: ApiContext): Pick<Handlers, Interventions> {
  const { clock, policy } = context;
  const note = noteWith(context);
  return {
    async approveEpisode({ path: { id }, body: { reason: because } = {}, caller: by }) {
      let body: object | undefined;
      await note(() => {
        const { decided, approvedBy } = waiting(context, id);
        if (approvedBy.includes(by)) throw conflict('APPROVED_ALREADY', `${by} has approved it already`);
        const { episode, rule, approval } = decided;
        body = { episode, approved_by: [...approvedBy, by], needed: approval?.needed ?? 1 };
        const event = { kind: 'approval_given', at: clock.now(), episode, rule, by } as const;
        return { ...event, ...(because !== undefined && { because }) };
      });
      return { status: 202, body };
    },

    async rejectEpisode({ path: { id }, body: { reason: because }, caller: by }) {
      await note(() => {
        const { rule, ruleVersion, target, episode, targetKey: key } = waiting(context, id).decided;
        const of = { rule, ruleVersion, target, targetKey: key, episode };
        const { restMs } = policy.veto;
        return { kind: 'approval_ended', at: clock.now(), ...of, reason: 'rejected', by, because, restMs };
      });
      return {};
    },

    async revertEpisode({ path: { id }, body: { reason: because }, caller: by }) {
      const { decided, plan } = await applied(context, id);
      await note(() => {
        requireNoRevert(context, id);
        const rest = { forMs: policy.veto.restMs, settleMs: decided.expect.settleMs };
        return requestRevert({ decided }, { by, because, at: clock.now(), plan, rest });
      });
      return {
        status: 202,
        headers: { Location: `/api/v1/episodes/${id}` },
        body: { episode: id, state: 'reverting' },
      };
    },

    async resetRule({ path: { name }, body: { reason: because, target }, caller: by }) {
      await note(() => {
        const rule = context.engines().find((engine) => engine.rule.name === name)?.rule;
        if (rule === undefined) throw notFound(`there is no rule ${name}`);
        const of = { rule: rule.name, ruleVersion: rule.version, target, targetKey: targetKey(target) };
        return { kind: 'breaker_reset', at: clock.now(), ...of, by, because };
      });
      return {};
    },
  };
}

function waiting({ history }: ApiContext, id: string): OpenEpisode {
  const episode = history().openEpisodes.get(id);
  if (episode?.state === 'awaiting_approval') return episode;
  throw episode === undefined
    ? notFound(`no episode ${id} is open`)
    : conflict('NOT_WAITING', `${id} does not wait for an approval`);
}

function requireNoRevert({ history }: ApiContext, id: string): void {
  const { reverts, lastReverted } = history();
  // Since its rows were read.
  if (lastReverted.includes(id)) throw reverted(id);
  const first = reverts.get(id)?.requested;
  if (first === undefined) return;
  const asked = `asked by ${first.by} at ${new Date(first.at).toISOString()}: ${first.because}`;
  throw conflict('REVERT_PENDING', `${id} is already being reverted, ${asked}`);
}

function reverted(id: string) {
  return conflict('REVERTED_ALREADY', `${id} was reverted already`);
}

/** The decision and the plan of an action that was applied, has not been reverted, and can be. */
async function applied({ journal, irreversible }: ApiContext, id: string) {
  const rows = await rowsOfEpisode(journal, id);
  const events = rows.map(({ event }) => event);
  const decided = events.find((event) => event.kind === 'decided');
  if (decided === undefined) throw notFound(`there is no episode ${id}`);
  const finished = events.find((event) => event.kind === 'finished' && event.outcome === 'applied');
  const plan = finished?.kind === 'finished' ? finished.plan : undefined;
  if (plan === undefined) throw conflict('NOT_APPLIED', `${id} has changed nothing that could be reverted`);
  if (events.some((event) => event.kind === 'reverted' && event.outcome === 'reverted')) throw reverted(id);
  const because = irreversible(plan);
  if (because !== undefined) throw conflict('NOT_REVERTIBLE', `${id} cannot be reverted: ${because}`);
  return { decided, plan };
}
