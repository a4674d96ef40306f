import { WRITTEN_PREFIX } from '../../model/rule.ts';
import type { Labels } from '../../model/target.ts';
import { findVersion, reportEpisodeExplanation, reportRuleExplanation } from '../../views/index.ts';
import type { ApiContext } from '../context.ts';
import type { Handlers } from '../handler.ts';
import { notFound } from '../problems.ts';

/** Why. */
export function explainHandlers(context: ApiContext): Pick<Handlers, 'explainRule' | 'explainEpisode'> {
  const { journal, engines, clock, facts, history, policy, readRules, ask } = context;
  const engineOf = (name: string) => engines().find(({ rule }) => rule.name === name);
  return {
    async explainRule({ path: { name }, query: { label = [] } }) {
      const engine = engineOf(name);
      if (engine === undefined) throw notFound(`there is no rule ${name}`);
      const rules = engines().map(({ rule }) => rule);
      const present = { rules, facts: facts(), history: history(), policy, nowMs: clock.now(), ask };
      return { body: await reportRuleExplanation(engine, toLabels(label), present) };
    },
    async explainEpisode({ path: { id } }) {
      const rules = engines().map(({ rule }) => rule);
      const read = (text: string) => readRules({ file: `${WRITTEN_PREFIX}rule`, text });
      const versionOf = findVersion({ rules, history: history(), read });
      const body = await reportEpisodeExplanation(journal, id, versionOf);
      if (body === undefined) throw notFound(`there is no episode ${id}`);
      return { body };
    },
  };
}

function toLabels(texts: readonly string[]): Labels {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=');
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}
