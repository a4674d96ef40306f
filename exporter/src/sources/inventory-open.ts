import {
  loadProfile,
  loadProfileFile,
  type Profile,
  PROFILE_NAMES,
  type ProfileName,
} from '@evenkeel/inventory';
import type { Logger, Secret } from '@evenkeel/toolkit';
import type { Database } from './database.ts';
import { dialectOf, openDatabase } from './database-open.ts';
import { EventCounts } from './inventory-counts.ts';
import { cached, type InventoryReader, sqlReader } from './inventory-reader.ts';
import { StateFile } from './inventory-state.ts';

/** One database of the config. */
export interface DatabaseSettings {
  name: string;
  url: Secret;
  /** Asked again when the password is wrong, as it may have been changed in its file. */
  readUrl: () => Secret;
  /** A profile that comes with Evenkeel, or the path of a file. */
  profile: string | undefined;
  /** Paths of files with metrics of their user's own. */
  queries: readonly string[];
  timeoutMs: number;
  countTimeoutMs: number;
  minIntervalMs: number | undefined;
  maxConnections: number;
  /** Directory where counts are kept. */
  statePath: string | undefined;
}

export interface OpenDatabases {
  databases: Database[];
  inventory: InventoryReader[];
  customSql: InventoryReader[];
}

/**
 * Opens all databases; nothing is asked of them yet.
 *
 * @throws EvenkeelError PROFILE_INVALID, CONFIG_UNREADABLE
 */
export function openDatabases(settings: readonly DatabaseSettings[], logger: Logger): OpenDatabases {
  const opened: OpenDatabases = { databases: [], inventory: [], customSql: [] };
  // Before anything is opened: a profile with mistakes is to leave nothing behind.
  const loaded = settings.map((one) => ({
    one,
    profile: profileOf(one),
    queries: queriesOf(one),
  }));
  for (const { one, profile, queries } of loaded) {
    const database = openDatabase(one);
    opened.databases.push(database);
    if (profile !== undefined) {
      logAbsent(one.name, profile, logger);
      opened.inventory.push(openReader({ one, database, profile, logger }));
    }
    for (const own of queries) opened.customSql.push(openReader({ one, database, profile: own, logger }));
  }
  return opened;
}

/** Said once, so that nobody waits for these figures or takes them for zero. */
function logAbsent(database: string, { name, absent }: Profile, logger: Logger): void {
  if (absent.length === 0) return;
  const figures = absent.map(({ kpi }) => kpi.name).join(' ');
  logger.info({ database, profile: name, absent: figures }, 'the profile does not give these figures');
}

/** The profile of a database and the files with its user's own metrics, loaded. */
export function profilesOf(settings: DatabaseSettings): Profile[] {
  const profile = profileOf(settings);
  return [...(profile === undefined ? [] : [profile]), ...queriesOf(settings)];
}

interface ReaderParts {
  one: DatabaseSettings;
  database: Database;
  profile: Profile;
  logger: Logger;
}

function openReader({ one, database, profile, logger }: ReaderParts): InventoryReader {
  const counts = openCounts({ one, database, profile, logger });
  const reader = sqlReader({
    database,
    profile,
    countWaitMs: one.timeoutMs / 2,
    ...(profile.events.length > 0 && { counts }),
  });
  return cached(reader, one.minIntervalMs ?? profile.minIntervalMs);
}

function openCounts({ one, database, profile, logger }: ReaderParts): EventCounts {
  const stateFile = openStateFile({ settings: one, profile, logger });
  const { events } = profile;
  return new EventCounts({
    database,
    events,
    logger,
    countTimeoutMs: one.countTimeoutMs,
    ...(stateFile !== undefined && { stateFile }),
  });
}

export interface StateFilePlace {
  settings: DatabaseSettings;
  profile: Profile;
  logger: Logger;
}

/** Where the counts of a profile's events are kept, if the config says where. */
export function openStateFile({ settings, profile, logger }: StateFilePlace): StateFile | undefined {
  const { statePath: directory } = settings;
  if (directory === undefined) return undefined;
  const database = `${settings.name}.${profile.name}`;
  return new StateFile({ directory, database, identity: identityOf(settings), logger });
}

function queriesOf({ queries, url }: DatabaseSettings): Profile[] {
  return queries.map((file) => loadProfileFile(file, dialectOf(url)));
}

function profileOf({ profile, url }: DatabaseSettings): Profile | undefined {
  if (profile === undefined) return undefined;
  const dialect = dialectOf(url);
  return (PROFILE_NAMES as readonly string[]).includes(profile)
    ? loadProfile(profile as ProfileName, dialect)
    : loadProfileFile(profile, dialect);
}

/** Which database a URL means, without user and password, which may change. */
function identityOf({ url }: DatabaseSettings): string {
  const { protocol, host, pathname } = new URL(url.reveal());
  return `${protocol}//${host}${pathname}`;
}
