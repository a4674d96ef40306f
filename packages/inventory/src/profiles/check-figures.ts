import { type ConfigDocument, type Diagnostic, suggest } from '@evenkeel/toolkit';
import { findKpi, type Kpi, KPIS, SITE_LABEL } from '../model/kpis.ts';
import type { ProfileFile, ValueFile } from './profile.ts';

interface Finding {
  code: string;
  message: string;
  hint?: string;
}

type Section = 'queries' | 'events';

/** Finds figures that do not exist, are of another type, or have other labels than their query. */
export function checkFigures(config: ProfileFile, document: ConfigDocument): Diagnostic[] {
  return [
    ...Object.entries(config.queries).flatMap(([name, query]) =>
      checkOne({ section: 'queries', name, query }, document),
    ),
    ...Object.entries(config.events).flatMap(([name, query]) =>
      checkOne({ section: 'events', name, query }, document),
    ),
    ...checkAbsent(config, document),
  ];
}

/** What is said to be absent has to be a figure, and one that no query gives. */
function checkAbsent(config: ProfileFile, document: ConfigDocument): Diagnostic[] {
  const given = givenKpis(config);
  return Object.keys(config.absent).flatMap((kpi) => {
    const finding = findKpi(kpi) === undefined ? unknownKpi(kpi) : given.has(kpi) && bothGivenAndAbsent(kpi);
    return finding === false ? [] : [document.atKey(['absent'], kpi, finding)];
  });
}

function givenKpis({ queries, events }: ProfileFile): Set<string> {
  const all = [...Object.values(queries), ...Object.values(events)];
  return new Set(
    all.flatMap(({ values, histograms }) => [
      ...Object.values(values).map((value) => ('kpi' in value ? value.kpi : value.metric)),
      ...Object.keys(histograms),
    ]),
  );
}

function bothGivenAndAbsent(kpi: string): Finding {
  const message = `${kpi} is said to be absent, and a query gives it`;
  return { code: 'PROFILE_INVALID', message, hint: 'remove one of the two' };
}

interface PlacedQuery {
  section: Section;
  name: string;
  query: { labels: readonly string[]; values: Record<string, ValueFile>; histograms: object };
}

function checkOne({ section, name, query }: PlacedQuery, document: ConfigDocument): Diagnostic[] {
  const { labels, values, histograms } = query;
  return [
    ...Object.entries(values).flatMap(([column, value]) =>
      checkValue(value, labels, section).map((finding) =>
        document.atValue([section, name, 'values', column], finding),
      ),
    ),
    ...Object.keys(histograms).flatMap((kpi) =>
      checkKpi({ kpi, labels, isHistogram: true }).map((finding) =>
        document.atKey([section, name, 'histograms'], kpi, finding),
      ),
    ),
  ];
}

function checkValue(value: ValueFile, labels: readonly string[], section: Section): Finding[] {
  const type = 'metric' in value ? value.type : findKpi(value.kpi)?.type;
  if (section === 'events' && type === 'gauge') {
    return [
      {
        code: 'PROFILE_INVALID',
        message: 'a gauge cannot be counted from events',
        hint: 'move the column to a query under queries',
      },
    ];
  }
  if (!('metric' in value)) return checkKpi({ kpi: value.kpi, labels, isHistogram: false });
  if (findKpi(value.metric) === undefined) return [];
  const hint = `write "kpi: ${value.metric}" without type and help`;
  return [
    { code: 'PROFILE_INVALID', message: `${value.metric} is one of the figures that Evenkeel defines`, hint },
  ];
}

interface Use {
  kpi: string;
  labels: readonly string[];
  isHistogram: boolean;
}

function checkKpi(use: Use): Finding[] {
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

function unknownKpi(name: string): Finding {
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
