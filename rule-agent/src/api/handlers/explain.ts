import { explainMatch } from '../../decisions/index.ts';
import { coversLabels, type Labels } from '../../model/target.ts';
import { reportEpisodeExplanation, toExplanationShape, toTime } from '../../reports/index.ts';
import { evaluate, type RuleEngine } from '../../rules/index.ts';
import type { ApiContext } from '../context.ts';
import type { Handlers } from '../handler.ts';
import { notFound } from '../problems.ts';

/** No more targets than this are explained at once. */
const MOST_TARGETS = 50;

/** Why. */
export function explainHandlers(context: ApiContext): Pick<Handlers, 'explainRule' | 'explainEpisode'> {
  const { journal, engines, clock } = context;
  const engineOf = (name: string) => engines().find(({ rule }) => rule.name === name);
  return {
    async explainRule({ path: { name }, query: { label = [] } }) {
      const engine = engineOf(name);
      if (engine === undefined) throw notFound(`there is no rule ${name}`);
      const { version, mode } = engine.rule;
      const items = await explainTargets(context, engine, toLabels(label));
      return { body: { rule: name, version, mode, at: toTime(clock.now()), items } };
    },
    async explainEpisode({ path: { id } }) {
      const body = await reportEpisodeExplanation(journal, id, engineOf);
      if (body === undefined) throw notFound(`there is no episode ${id}`);
      return { body };
    },
  };
}

async function explainTargets(
  { facts, history, policy, clock }: ApiContext,
  engine: RuleEngine,
  labels: Labels,
) {
  const known = facts();
  if (known === undefined) return [];
  const matches = await evaluate([engine], known);
  const situation = { matches, facts: known, history: history(), policy, nowMs: clock.now() };
  const asked = matches.filter(({ target }) => coversLabels(target, labels)).slice(0, MOST_TARGETS);
  return Promise.all(asked.map((match) => toExplanationShape(engine, match, explainMatch(match, situation))));
}

function toLabels(texts: readonly string[]): Labels {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=');
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}
