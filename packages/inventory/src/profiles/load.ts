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
  suggest,
} from '@evenkeel/toolkit';
import { findKpi, type Kpi, KPIS, SITE_LABEL } from '../model/kpis.ts';
import { type Profile, type ProfileFile, profileSchema, type ProfileQuery } from './profile.ts';

/** The profiles that come with Evenkeel. */
export const PROFILE_NAMES = ['demo'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/**
 * Loads a profile that comes with Evenkeel.
 *
 * @throws EvenkeelError PROFILE_INVALID with all diagnostics
 */
export function loadProfile(name: ProfileName): Profile {
  return loadProfileFile(fileURLToPath(new URL(`../../profiles/${name}/profile.yml`, import.meta.url)));
}

/**
 * Loads a profile from its YAML file, with the SQL files beside it.
 *
 * @throws EvenkeelError PROFILE_INVALID with all diagnostics, CONFIG_UNREADABLE when the file cannot be read
 */
export function loadProfileFile(file: string): Profile {
  const loaded = loadConfig({ file, schema: profileSchema });
  if (!loaded.ok) throw invalidProfile(file, loaded.text);
  const { config, document } = loaded;
  const { queries, diagnostics } = readQueries(config, document);
  const found = [...diagnostics, ...checkKpis(config, document)];
  if (found.length > 0) {
    const result = failed(document, found);
    throw invalidProfile(file, result.ok ? '' : result.text);
  }
  return { name: config.name, description: config.description, minIntervalMs: config.min_interval, queries };
}

function readQueries(config: ProfileFile, document: ConfigDocument) {
  const queries: ProfileQuery[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [name, { file, ...query }] of Object.entries(config.queries)) {
    try {
      queries.push({ name, ...query, sql: readFileSync(join(dirname(document.file), file), 'utf8') });
    } catch (error) {
      const message = `cannot read ${file}: ${messageOf(error)}`;
      diagnostics.push(document.atValue(['queries', name, 'file'], { code: 'PROFILE_INVALID', message }));
    }
  }
  return { queries, diagnostics };
}

function checkKpis(config: ProfileFile, document: ConfigDocument): Diagnostic[] {
  return Object.entries(config.queries).flatMap(([name, query]) => [
    ...Object.entries(query.values).flatMap(([column, { kpi }]) =>
      checkKpi({ kpi, labels: query.labels, isHistogram: false }).map((finding) =>
        document.atValue(['queries', name, 'values', column], finding),
      ),
    ),
    ...Object.keys(query.histograms).flatMap((kpi) =>
      checkKpi({ kpi, labels: query.labels, isHistogram: true }).map((finding) =>
        document.atKey(['queries', name, 'histograms'], kpi, finding),
      ),
    ),
  ]);
}

interface Use {
  kpi: string;
  labels: readonly string[];
  isHistogram: boolean;
}

function checkKpi(use: Use) {
  const kpi = findKpi(use.kpi);
  if (kpi === undefined) return [unknownKpi(use.kpi)];
  if ((kpi.type === 'histogram') !== use.isHistogram) {
    return [{ code: 'PROFILE_INVALID', message: `${kpi.name} is a ${kpi.type}`, hint: histogramHint(kpi) }];
  }
  const expected = [SITE_LABEL, ...kpi.labels];
  if (expected.length === use.labels.length && expected.every((label) => use.labels.includes(label)))
    return [];
  const message = `${kpi.name} has the labels ${expected.join(', ')}; the query gives ${use.labels.join(', ')}`;
  return [
    { code: 'PROFILE_INVALID', message, hint: "set the query's labels, or move the column to another query" },
  ];
}

function unknownKpi(name: string) {
  const near = suggest(
    name,
    KPIS.map((kpi) => kpi.name),
  );
  const hint = near === undefined ? 'packages/inventory/README.md lists them' : `did you mean ${near}?`;
  return { code: 'PROFILE_INVALID', message: `there is no figure called ${name}`, hint };
}

function histogramHint(kpi: Kpi): string {
  return kpi.type === 'histogram' ? 'list it under histograms' : 'list it under values';
}

function invalidProfile(file: string, text: string): EvenkeelError {
  return new EvenkeelError('PROFILE_INVALID', `the profile ${file} has mistakes\n${text}`);
}
