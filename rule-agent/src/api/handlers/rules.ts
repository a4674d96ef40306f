import { SHIPPED_SIGNALS } from '@evenkeel/signals/shipped-signals';
import { HttpProblem, renderDiagnostics } from '@evenkeel/toolkit';
import { type Mode, type Rule, WRITTEN_PREFIX } from '../../model/rule.ts';
import { findUnknownSignals, type LoadedRules } from '../../rules/index.ts';
import { isWritten, reportRule, reportRules, toTime } from '../../views/index.ts';
import type { ApiContext } from '../context.ts';
import type { Handlers } from '../handler.ts';
import { findPage } from '../pages.ts';
import { noteWith } from '../note.ts';
import { conflict, invalidInput, notFound } from '../problems.ts';
import { etagOf, requireMatch } from '../preconditions.ts';
import { createRuleChecks } from '../rule-checks.ts';

type RuleOperations =
  | 'validateRules'
  | 'createRule'
  | 'getRule'
  | 'updateRule'
  | 'removeRule'
  | 'listRuleVersions'
  | 'setRuleMode'
  | 'enableRule'
  | 'disableRule';

/** Those of one rule that are shown at once; `GET /rules` shows all. */
const MOST_TARGETS = 500;

/** Rules: looking at one, checking and writing them, and setting their modes. */
export function ruleHandlers(context: ApiContext): Pick<Handlers, RuleOperations> {
  const { clock, history, journal } = context;
  const note = noteWith(context);
  const readRules = createRuleChecks(context);
  const readOne = async (text: string, caller: string) =>
    oneOf(await readRules({ file: `${WRITTEN_PREFIX}rule`, text, caller }));
  const shown = (name: string) => {
    const rule = requireRule(context, name);
    return { headers: { ETag: etagOf(rule) }, body: reportRule(rule, history()) };
  };
  const write = async (text: string, rule: Rule, { by, check }: { by: string; check: () => void }) => {
    const { name, version: ruleVersion } = rule;
    await note(() => {
      check();
      return { kind: 'rule_written', at: clock.now(), rule: name, ruleVersion, text, by };
    });
    return shown(name);
  };
  const setMode = async (
    name: string,
    change: { mode?: Mode; by: string; because: string },
    check: (rule: Rule) => void = () => undefined,
  ) => {
    await note(() => {
      check(requireRule(context, name));
      return { kind: 'rule_mode_set', at: clock.now(), rule: name, ...change };
    });
    return shown(name);
  };
  return {
    async validateRules({ body: text, caller }) {
      const loaded = await readRules({ file: 'rules.yml', text, caller });
      return { body: toValidation(loaded, signalsKnownTo(context)) };
    },
    async createRule({ body, caller }) {
      const rule = await readOne(body, caller);
      const check = () => requireFreeName(context, rule.name);
      const { headers, ...reply } = await write(body, rule, { by: caller, check });
      const Location = `/api/v1/rules/${encodeURIComponent(rule.name)}`;
      return { ...reply, status: 201, headers: { ...headers, Location } };
    },
    getRule({ path: { name } }) {
      const { headers } = shown(name);
      const [rule] = reportRules([requireRule(context, name)], history(), clock.now());
      const { targets, ...definition } = rule!;
      return {
        headers,
        body: {
          ...definition,
          text: history().writtenRules.get(name)?.text ?? null,
          targets: targets.slice(0, MOST_TARGETS),
          target_count: targets.length,
        },
      };
    },
    async updateRule({ path: { name }, body, caller, request }) {
      const check = () => requireMatch(request, requireWritten(context, name));
      check();
      const rule = await readOne(body, caller);
      if (rule.name !== name) throw invalidInput([{ field: 'rules.0.name', message: `expected ${name}` }]);
      return write(body, rule, { by: caller, check });
    },
    async removeRule({ path: { name }, caller: by, request }) {
      await note(() => {
        requireMatch(request, requireWritten(context, name));
        return { kind: 'rule_removed', at: clock.now(), rule: name, by };
      });
      return {};
    },
    async listRuleVersions({ path: { name: rule }, query }) {
      const { rows, next_cursor } = await findPage(journal, ['rule_written'], { ...query, rule });
      const items = rows.flatMap(({ seq: id, event }) => {
        if (event.kind !== 'rule_written') return [];
        const { ruleVersion: version, at, by, text } = event;
        return [{ id, version, at: toTime(at), by, text }];
      });
      return { body: { items, next_cursor } };
    },
    setRuleMode: ({ path: { name }, body: { mode, reason: because }, caller: by, request }) =>
      setMode(name, { mode, by, because }, (rule) => requireMatch(request, rule)),
    disableRule: ({ path: { name }, body: { reason: because }, caller: by }) =>
      setMode(name, { mode: 'off', by, because }),
    enableRule: ({ path: { name }, body: { reason: because }, caller: by }) => setMode(name, { by, because }),
  };
}

function requireRule({ engines }: ApiContext, name: string): Rule {
  const engine = engines().find(({ rule }) => rule.name === name);
  if (engine === undefined) throw notFound(`there is no rule ${name}`);
  return engine.rule;
}

function requireWritten(context: ApiContext, name: string): Rule {
  const rule = requireRule(context, name);
  if (isWritten(rule)) return rule;
  throw conflict('RULE_ON_DISK', `${name} is in the file ${rule.file}, and is changed there`);
}

function requireFreeName({ engines, history }: ApiContext, name: string): void {
  const taken = history().writtenRules.has(name) || engines().some(({ rule }) => rule.name === name);
  if (taken) throw conflict('RULE_NAME_TAKEN', `there is a rule ${name} already`);
}

function oneOf(loaded: LoadedRules): Rule {
  if (!loaded.ok) {
    throw new HttpProblem({
      status: 422,
      title: 'Rule not valid',
      code: 'RULES_INVALID',
      detail: loaded.text,
      extra: { diagnostics: loaded.diagnostics.map(toDiagnosticShape) },
    });
  }
  const [rule, ...others] = loaded.rules;
  if (rule !== undefined && others.length === 0) return rule;
  throw invalidInput([{ field: 'rules', message: `expected one rule, found ${loaded.rules.length}` }]);
}

/** The shipped ones, and those that Prometheus had at the last look. */
function signalsKnownTo({ facts }: ApiContext): ReadonlySet<string> {
  const signals = facts()?.signals;
  return new Set([...SHIPPED_SIGNALS, ...(signals?.status === 'ok' ? signals.bySignal.keys() : [])]);
}

function toValidation(loaded: LoadedRules, names: ReadonlySet<string>) {
  if (!loaded.ok) {
    const diagnostics = loaded.diagnostics.map(toDiagnosticShape);
    return { valid: false, rules: [], diagnostics, text: loaded.text };
  }
  const rules = loaded.rules.map(({ name, version, mode }) => ({ name, version, mode }));
  const warnings = findUnknownSignals(loaded.signals, {
    ...{ names, inPrometheus: false, suggestions: SHIPPED_SIGNALS },
  });
  const text = warnings.length === 0 ? '' : renderDiagnostics(warnings, loaded.texts);
  return { valid: true, rules, diagnostics: warnings.map(toDiagnosticShape), text };
}

function toDiagnosticShape({ file: _file, ...diagnostic }: { file: string }) {
  return diagnostic;
}
