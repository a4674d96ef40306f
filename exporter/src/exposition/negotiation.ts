import { type Dialect, OPENMETRICS, TEXT } from './dialect.ts';

interface MediaRange {
  type: string;
  version: string | undefined;
  quality: number;
}

/** The format that an Accept header prefers; the text format where it does not say, or prefers neither. */
export function chooseDialect(accept: string | undefined): Dialect {
  if (accept === undefined) return TEXT;
  const ranges = accept.split(',').map(parseRange);
  const openMetrics = bestQuality(ranges, isOpenMetrics);
  return openMetrics > 0 && openMetrics >= textQuality(ranges) ? OPENMETRICS : TEXT;
}

function isOpenMetrics({ type, version }: MediaRange): boolean {
  return type === 'application/openmetrics-text' && (version === undefined || version === '1.0.0');
}

/** A range that is more exact counts, whatever the others say. */
function textQuality(ranges: readonly MediaRange[]): number {
  for (const type of ['text/plain', 'text/*', '*/*']) {
    if (ranges.some((range) => range.type === type))
      return bestQuality(ranges, (range) => range.type === type);
  }
  return 0;
}

function bestQuality(ranges: readonly MediaRange[], fits: (range: MediaRange) => boolean): number {
  return Math.max(0, ...ranges.filter(fits).map(({ quality }) => quality));
}

function parseRange(text: string): MediaRange {
  const [type, ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const valueOf = (name: string) =>
    parameters
      .find((parameter) => parameter.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replace(/^"(.*)"$/, '$1');
  const quality = Number(valueOf('q') ?? 1);
  return { type: type!, version: valueOf('version'), quality: Number.isFinite(quality) ? quality : 0 };
}
