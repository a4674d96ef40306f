import type { Logger } from '@evenkeel/toolkit';
import type { History } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import type { LoadedRules } from './load-rules.ts';

export interface InForceOptions {
  history: Pick<History, 'writtenRules' | 'setModes'>;
  /** Reads the text of a rule that was written through the API. */
  read: (name: string, text: string) => LoadedRules;
  logger: Logger;
}

/** The rules on disk and those written through the API, in the modes that people have set, by name. */
export function rulesInForce(onDisk: readonly Rule[], options: InForceOptions): Rule[] {
  const { setModes } = options.history;
  return [...onDisk, ...writtenRules(new Set(onDisk.map(({ name }) => name)), options)]
    .map((rule) => ({ ...rule, mode: setModes.get(rule.name)?.mode ?? rule.mode }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A rule on disk goes before one of the same name that was written through the API. */
function writtenRules(taken: ReadonlySet<string>, { read, history, logger }: InForceOptions): Rule[] {
  return [...history.writtenRules].flatMap(([name, { text }]) => {
    const loaded = read(name, text);
    if (loaded.ok && !taken.has(name)) return loaded.rules;
    const because = loaded.ok ? 'a rule on disk has its name' : loaded.text;
    logger.warn({ rule: name, because }, 'a rule written through the API is not in force');
    return [];
  });
}
