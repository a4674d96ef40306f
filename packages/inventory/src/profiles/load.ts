import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ConfigDocument,
  type Diagnostic,
  EvenkeelError,
  failed,
  loadConfig,
  messageOf,
} from '@evenkeel/toolkit';
import type { DialectName } from '../model/dialect-name.ts';
import { findKpi, type HistogramKpi, type ScalarKpi } from '../model/kpis.ts';
import { checkFigures } from './check-figures.ts';
import {
  type EventFile,
  type EventQuery,
  type Profile,
  type ProfileFile,
  profileSchema,
  type ProfileQuery,
  type QueryFile,
  type ValueColumn,
  type ValueFile,
} from './profile.ts';

/** The profiles that come with Evenkeel. */
export const PROFILE_NAMES = ['demo', 'generic', 'vendure'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/**
 * Loads a profile that comes with Evenkeel.
 *
 * @throws EvenkeelError PROFILE_INVALID with all diagnostics
 */
export function loadProfile(name: ProfileName, dialect: DialectName): Profile {
  const file = fileURLToPath(new URL(`../../profiles/${name}/profile.yml`, import.meta.url));
  return loadProfileFile(file, dialect);
}

/**
 * Loads a profile from its YAML file, with the SQL files beside it.
 *
 * @throws EvenkeelError PROFILE_INVALID with all diagnostics, CONFIG_UNREADABLE when the file cannot be read
 */
export function loadProfileFile(file: string, dialect: DialectName): Profile {
  const loaded = loadConfig({ file, schema: profileSchema });
  if (!loaded.ok) throw invalidProfile(file, loaded.text);
  const { config, document } = loaded;
  const files = new SqlFiles(document, dialect);
  const sqlOf = files.readAll(config);
  const found = [...files.diagnostics, ...checkFigures(config, document)];
  if (found.length > 0) {
    const result = failed(document, found);
    throw invalidProfile(file, result.ok ? '' : result.text);
  }
  return {
    name: config.name,
    description: config.description,
    minIntervalMs: config.min_interval,
    queries: Object.entries(config.queries).map(([name, query]) => toQuery(name, query, sqlOf)),
    events: Object.entries(config.events).map(([name, event]) => toEvent(name, event, sqlOf)),
    absent: Object.entries(config.absent).map(([kpi, reason]) => ({ kpi: findKpi(kpi)!, reason })),
  };
}

type SqlByPath = ReadonlyMap<string, string>;

/** Reads the SQL files that a profile names, and keeps what could not be read as findings at their place. */
class SqlFiles {
  readonly diagnostics: Diagnostic[] = [];
  readonly #document: ConfigDocument;
  readonly #dialect: DialectName;
  readonly #texts = new Map<string, string>();

  constructor(document: ConfigDocument, dialect: DialectName) {
    this.#document = document;
    this.#dialect = dialect;
  }

  readAll({ queries, events }: ProfileFile): SqlByPath {
    for (const [name, { file }] of Object.entries(queries)) this.#read(file, ['queries', name, 'file']);
    for (const [name, { file, start_at_zero }] of Object.entries(events)) {
      this.#read(file, ['events', name, 'file']);
      this.#read(start_at_zero, ['events', name, 'start_at_zero']);
    }
    return this.#texts;
  }

  #read(file: string | undefined, path: string[]): void {
    if (file === undefined) return;
    const name = file.replaceAll('{dialect}', this.#dialect);
    try {
      this.#texts.set(file, readFileSync(join(dirname(this.#document.file), name), 'utf8'));
    } catch (error) {
      const message = `cannot read ${name}: ${messageOf(error)}`;
      this.diagnostics.push(this.#document.atValue(path, { code: 'PROFILE_INVALID', message }));
    }
  }
}

function toQuery(name: string, query: QueryFile, sqlOf: SqlByPath): ProfileQuery {
  return {
    name,
    sql: query.sql ?? sqlOf.get(query.file!)!,
    labels: query.labels,
    values: toColumns(query.values, query.labels),
    histograms: Object.entries(query.histograms).map(([kpi, columns]) => ({
      kpi: findKpi(kpi) as HistogramKpi,
      columns,
    })),
    minIntervalMs: query.min_interval,
    timeoutMs: query.timeout,
    maxSeries: query.max_series,
  };
}

function toEvent(name: string, event: EventFile, sqlOf: SqlByPath): EventQuery {
  return {
    name,
    sql: event.sql ?? sqlOf.get(event.file!)!,
    key: event.key,
    changed: event.changed,
    // Without a period the rows are taken to be added and never changed: then the stamp itself never changes.
    period: event.period ?? event.changed,
    overlap: event.overlap,
    labels: event.labels,
    values: toColumns(event.values, event.labels),
    histograms: Object.entries(event.histograms).map(([kpi, column]) => ({
      kpi: findKpi(kpi) as HistogramKpi,
      column,
    })),
    startAtZero: event.start_at_zero === undefined ? undefined : sqlOf.get(event.start_at_zero)!,
  };
}

function toColumns(values: Record<string, ValueFile>, labels: readonly string[]): ValueColumn[] {
  return Object.entries(values).map(([column, value]) => ({
    column,
    kpi: toKpi(value, labels),
    whenNull: value.when_null,
  }));
}

function toKpi(value: ValueFile, labels: readonly string[]): ScalarKpi {
  if (!('metric' in value)) return findKpi(value.kpi) as ScalarKpi;
  return { name: value.metric, type: value.type, help: value.help, labels };
}

function invalidProfile(file: string, text: string): EvenkeelError {
  return new EvenkeelError('PROFILE_INVALID', `the profile ${file} has mistakes\n${text}`);
}
