import { type PanelModel } from '@grafana/data';
import { type ViewName, VIEWS } from '../frames';
import { DEFAULTS, type OperationsOptions } from './options';

/**
 * Brings the options of a saved dashboard up to date: what an older version did not have gets its default, what this version
 * does not know is dropped, and a view or word that is none of ours falls back to the default.
 */
export function migrateOptions({ options }: Pick<PanelModel<unknown>, 'options'>): OperationsOptions {
  const saved = isRecord(options) ? options : {};
  const migrated = Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, byDefault]) => [
      name,
      sameKind(saved[name], byDefault) ? saved[name] : byDefault,
    ])
  ) as unknown as OperationsOptions;
  return {
    ...migrated,
    views: [...new Set(migrated.views.filter(isView))],
    arrangement: oneOf(['auto', 'tiles', 'tabs'], migrated.arrangement),
    showAs: oneOf(['graph', 'table'], migrated.showAs),
    maxTrends: Math.max(1, Math.round(migrated.maxTrends)),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameKind(value: unknown, other: unknown): boolean {
  return typeof value === typeof other && Array.isArray(value) === Array.isArray(other) && !Number.isNaN(value);
}

function isView(name: string): name is ViewName {
  return VIEWS.some((view) => view === name);
}

function oneOf<T extends string>(words: readonly [T, ...T[]], word: T): T {
  return words.includes(word) ? word : words[0];
}
