import type { EventQuery, KpiReading, Profile, ProfileQuery } from '@evenkeel/inventory';
import {
  defineCommand,
  type Environment,
  EvenkeelError,
  EXIT_FAILED,
  EXIT_OK,
  messageOf,
  suggest,
} from '@evenkeel/toolkit';
import { toFamily } from '../collectors/inventory.ts';
import { databaseSettings } from '../config/databases.ts';
import { readConfig } from '../config/load.ts';
import { TEXT } from '../exposition/dialect.ts';
import { renderAtOnce } from '../exposition/render.ts';
import type { Database, RunQuery } from '../sources/database.ts';
import { openDatabase } from '../sources/database-open.ts';
import { EVENT_LIMITS, EventCounter } from '../sources/inventory-events.ts';
import { type DatabaseSettings, profilesOf } from '../sources/inventory-open.ts';
import { type Answer, QueryRunner } from '../sources/inventory-queries.ts';
import { CONFIG_OPTION } from './options.ts';

export const queryCommand = defineCommand({
  name: 'query',
  summary: 'run one SQL query, or that of one figure, and show the series it gives',
  operands: '<query or figure>',
  options: CONFIG_OPTION,
  exits: { 1: 'the query failed, or something of it was refused; what is shown' },
  examples: [
    'evenkeel-exporter query inventory_skus --config.file=exporter.yml',
    'evenkeel-exporter query warehouse/inventory_skus --config.file=exporter.yml     of one database only',
  ],
  async run({ values, operands, env, write }) {
    const { text, isWhole } = await runQuery({ file: values['config.file'], name: operands[0]!, env });
    await write(text);
    return isWhole ? EXIT_OK : EXIT_FAILED;
  },
});

export interface QueryOptions {
  file: string | undefined;
  /** Of a query, an event query, or a figure; `database/name` for that of one database only. */
  name: string;
  env: Environment;
}

export interface Queried {
  /** A page of metrics with comments. */
  text: string;
  /** Whether nothing failed and nothing was left out. */
  isWhole: boolean;
}

/** One query to run. */
interface Target {
  settings: DatabaseSettings;
  profile: Profile;
  query: { kind: 'query'; query: ProfileQuery } | { kind: 'events'; query: EventQuery };
}

/**
 * Runs the queries of a name and shows the series that they give, how long they took, and what was refused.
 *
 * @throws EvenkeelError COMMAND_LINE_INVALID for a name that nothing has, CONFIG_INVALID, CONFIG_UNREADABLE,
 *   PROFILE_INVALID, QUERY_FAILED when a database cannot be asked
 */
export async function runQuery({ file, name, env }: QueryOptions): Promise<Queried> {
  const readCurrent = () => readConfig(file, env);
  const config = readCurrent();
  const databases = databaseSettings(config, readCurrent);
  const all = databases.flatMap(targetsOf);
  const chosen = all.filter((target) => namesOf(target).includes(name));
  if (chosen.length === 0) throw absentFigure(name, databases) ?? unknownName(name, all);
  const results: Queried[] = [];
  for (const target of chosen)
    results.push(await show(target, { name, maxSeries: config.scrape.max_series_per_family }));
  return {
    text: results.map(({ text }) => text).join('\n'),
    isWhole: results.every(({ isWhole }) => isWhole),
  };
}

function targetsOf(settings: DatabaseSettings): Target[] {
  return profilesOf(settings).flatMap((profile) => [
    ...profile.queries.map((query) => ({ settings, profile, query: { kind: 'query' as const, query } })),
    ...profile.events.map((query) => ({ settings, profile, query: { kind: 'events' as const, query } })),
  ]);
}

/** The names that a target answers to: the query's and those of its figures, each alone and after its database's. */
function namesOf({ settings, query: { query } }: Target): string[] {
  const names = [query.name, ...[...query.values, ...query.histograms].map(({ kpi }) => kpi.name)];
  return [...names, ...names.map((name) => `${settings.name}/${name}`)];
}

/** What a profile says of a figure that its system does not have. */
function absentFigure(name: string, databases: readonly DatabaseSettings[]): EvenkeelError | undefined {
  const figures = databases.flatMap((settings) =>
    profilesOf(settings).flatMap(({ absent }) => absent.map((figure) => ({ ...figure, of: settings.name }))),
  );
  const found = figures.find(({ kpi, of }) => [kpi.name, `${of}/${kpi.name}`].includes(name));
  if (found === undefined) return undefined;
  const message = `database ${found.of} does not give ${found.kpi.name}: ${found.reason}`;
  return new EvenkeelError('COMMAND_LINE_INVALID', message);
}

function unknownName(name: string, targets: readonly Target[]): EvenkeelError {
  const message = `there is no query or figure ${name}`;
  if (targets.length === 0)
    return new EvenkeelError('COMMAND_LINE_INVALID', message, {
      hint: 'the config has no database with queries',
    });
  const near = suggest(name, targets.flatMap(namesOf));
  const queries = [...new Set(targets.map(({ query: { query } }) => query.name))].join(', ');
  const hint = near === undefined ? `there are: ${queries}` : `did you mean ${near}?`;
  return new EvenkeelError('COMMAND_LINE_INVALID', message, { hint });
}

interface ShowOptions {
  name: string;
  /** Of the whole exposition. */
  maxSeries: number;
}

async function show(target: Target, { name, maxSeries }: ShowOptions): Promise<Queried> {
  const { settings, profile, query } = target;
  const startMs = performance.now();
  const { answer, rows } = await ask(target);
  const durationMs = Math.round(performance.now() - startMs);
  const readings = answer.mapped.readings.filter((reading) => isMeant(reading, name, query.query.name));
  const notes = [
    ...answer.mapped.errors.map(messageOf),
    ...readings.flatMap((reading) => overLimit(reading, maxSeries)),
  ];
  const series = readings.reduce((sum, { samples }) => sum + samples.length, 0);
  const head = `${query.kind} ${query.query.name} of ${profile.name}, database ${settings.name}`;
  const page = Buffer.concat(
    renderAtOnce(
      readings.map((reading) => toFamily(reading, 0)),
      TEXT,
    ),
  ).toString();
  const empty = readings
    .filter(({ samples }) => samples.length === 0)
    .map(({ kpi }) => `# no series: ${kpi.name}\n`);
  const text = [
    `# ${head}: ${counted(rows, 'row')}, ${series} series, ${durationMs} ms\n`,
    page,
    ...empty,
    ...notes.map((note) => `# refused: ${note.replaceAll('\n', ' ')}\n`),
  ].join('');
  return { text, isWhole: notes.length === 0 };
}

/** A query's name means all its figures, a figure's name that one. */
function isMeant({ kpi }: KpiReading, name: string, query: string): boolean {
  const meant = name.slice(name.indexOf('/') + 1);
  return meant === query || meant === kpi.name;
}

function overLimit({ kpi, samples }: KpiReading, maxSeries: number): string[] {
  const over = samples.length - maxSeries;
  return over > 0
    ? [`${kpi.name}: ${over} series more than scrape.max_series_per_family (${maxSeries}) would be left out`]
    : [];
}

interface Asked {
  answer: Answer;
  rows: number;
}

async function ask(target: Target): Promise<Asked> {
  const database = openDatabase(target.settings);
  try {
    const { query } = target;
    return query.kind === 'query'
      ? await askQuery(database, query.query)
      : await askEvents(database, query.query, target.settings.countTimeoutMs);
  } catch (cause) {
    const message = `database ${database.name}: ${messageOf(cause)}`;
    throw new EvenkeelError('QUERY_FAILED', message, { cause });
  } finally {
    await database.close();
  }
}

async function askQuery(database: Database, query: ProfileQuery): Promise<Asked> {
  let rows = 0;
  const [answer] = await database.snapshot((run) => {
    const counting: RunQuery = async (sql, options) => {
      const result = await run(sql, options);
      rows = result.length;
      return result;
    };
    return new QueryRunner([query]).run(counting, 0);
  });
  return { answer: answer!, rows };
}

/** Counts from scratch, as the exporter does at its first start. */
async function askEvents(database: Database, query: EventQuery, timeoutMs: number): Promise<Asked> {
  const counter = new EventCounter(query, EVENT_LIMITS);
  await counter.count(database, timeoutMs);
  const readings = await database.snapshot((run) => counter.readings(run));
  const rows = counter.totals.reduce((sum, totals) => sum + totals.rows, 0);
  return { answer: { name: query.name, mapped: { readings, errors: [] } }, rows };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
