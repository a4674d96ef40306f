import type { EventQuery, LabelTotals, Profile } from '@evenkeel/inventory';
import { LedgerStale, toNumber } from '@evenkeel/inventory';
import { createLogger, defineCommand, type Environment, EXIT_FAILED, EXIT_OK } from '@evenkeel/toolkit';
import { databaseSettings } from '../config/databases.ts';
import { readConfig } from '../config/load.ts';
import type { Database, RunQuery } from '../sources/database.ts';
import { openDatabase } from '../sources/database-open.ts';
import { EVENT_LIMITS, EventCounter } from '../sources/inventory-events.ts';
import { type DatabaseSettings, openStateFile, profilesOf } from '../sources/inventory-open.ts';
import { CONFIG_OPTION } from './options.ts';

export const reconcileCommand = defineCommand({
  name: 'reconcile',
  summary: 'count all events from scratch, and compare with the counts that were kept',
  options: CONFIG_OPTION,
  exits: { 0: 'every kept count is right', 1: 'a count differs, or a database could not be asked' },
  async run({ values, env, write }) {
    const { text, differs } = await reconcile(values['config.file'], env);
    await write(text);
    return differs ? EXIT_FAILED : EXIT_OK;
  },
});

export interface Reconciled {
  /** One line for each event query. */
  text: string;
  /** Whether a count that was kept differs from a count from scratch. */
  differs: boolean;
}

/**
 * Counts all events from scratch and compares with what the exporter has kept in its state files, brought up to the same
 * moment. Nothing is written.
 *
 * @throws EvenkeelError CONFIG_INVALID, CONFIG_UNREADABLE, PROFILE_INVALID; Error when a database cannot be asked
 */
export async function reconcile(file: string | undefined, env: Environment): Promise<Reconciled> {
  const readCurrent = () => readConfig(file, env);
  const lines: string[] = [];
  for (const settings of databaseSettings(readCurrent(), readCurrent)) {
    const database = openDatabase(settings);
    try {
      for (const profile of profilesOf(settings))
        lines.push(...(await reconcileProfile({ settings, database, profile })));
    } finally {
      await database.close();
    }
  }
  const text =
    lines.length === 0 ? 'no database of the config has events to count\n' : `${lines.join('\n')}\n`;
  return { text, differs: lines.some((line) => line.includes(DIFFERS)) };
}

const DIFFERS = ' differs: ';

interface Place {
  settings: DatabaseSettings;
  database: Database;
  profile: Profile;
}

async function reconcileProfile({ settings, database, profile }: Place): Promise<string[]> {
  const logger = createLogger({ name: 'exporter', level: 'warn' });
  const saved = await openStateFile({ settings, profile, logger })?.load(profile.events);
  const lines: string[] = [];
  for (const query of profile.events) {
    const counter = new EventCounter(query, EVENT_LIMITS, saved?.get(query.name));
    const found = await database.snapshot(
      (run) => compare({ run, database, counter }, settings.countTimeoutMs),
      settings.countTimeoutMs,
    );
    lines.push(...found.map((text) => `database ${database.name}, events ${query.name}${text}`));
  }
  return lines;
}

interface Comparing {
  run: RunQuery;
  database: Database;
  counter: EventCounter;
}

async function compare({ run, database, counter }: Comparing, timeoutMs: number): Promise<string[]> {
  const unhurried: RunQuery = (sql) => run(sql, { timeoutMs });
  const { isCounted } = counter;
  if (isCounted) {
    try {
      await counter.follow(unhurried, database);
    } catch (error) {
      if (!(error instanceof LedgerStale)) throw error;
      return [`: the kept count is not used any more: ${error.message}`];
    }
  }
  const kept = counter.totals;
  const full = await counter.addUp(unhurried, database);
  const rows = full.reduce((sum, totals) => sum + totals.rows, 0);
  if (!isCounted) return [`: no kept count to compare; ${rows} rows counted from scratch`];
  const found = differences(counter.query, kept, full);
  return found.length > 0 ? found.map((one) => `${DIFFERS}${one}`) : [`: right, ${rows} rows`];
}

/** What is not the same in two counts of a query, one text for each figure and label set. */
export function differences(
  query: EventQuery,
  kept: readonly LabelTotals[],
  full: readonly LabelTotals[],
): string[] {
  const keptFigures = figuresOf(query, kept);
  const fullFigures = figuresOf(query, full);
  return [...new Set([...keptFigures.keys(), ...fullFigures.keys()])].flatMap((series) => {
    const [one, other] = [keptFigures.get(series), fullFigures.get(series)];
    return one === other
      ? []
      : [`${series} is kept as ${one ?? 'nothing'}, counted from scratch ${other ?? 'nothing'}`];
  });
}

function figuresOf(query: EventQuery, totals: readonly LabelTotals[]): Map<string, string> {
  const figures = new Map<string, string>();
  for (const { labels, amounts, histograms } of totals) {
    const pairs = query.labels.map((name, index) => `${name}="${labels[index]!}"`).join(',');
    for (const [index, { kpi }] of query.values.entries())
      figures.set(`${kpi.name}{${pairs}}`, String(toNumber(amounts[index]!)));
    for (const [index, { kpi }] of query.histograms.entries()) {
      const { counts, sum } = histograms[index]!;
      figures.set(`${kpi.name}{${pairs}}`, `${counts.join(' ')} with the sum ${toNumber(sum)}`);
    }
  }
  return figures;
}
