import type { Family } from '../model/family.ts';

/** How the two text formats of Prometheus differ; lines of gauges and counters are the same in both. */
export interface Dialect {
  contentType: string;
  /** The lines before a family's series. */
  header: (family: Family) => string;
  /** The text of a histogram's bound as the value of `le`. */
  bound: (bound: number) => string;
  /** The last line of a page. */
  end: string;
}

const COUNTER_SUFFIX = '_total';

/** Units that a family's name may end with. OpenMetrics wants them declared. */
const UNITS = ['seconds', 'bytes', 'ratio'];

/** The Prometheus text format 0.0.4. */
export const TEXT: Dialect = {
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  header: ({ name, help, type }) => `# HELP ${name} ${escapeText(help)}\n# TYPE ${name} ${type}\n`,
  bound: String,
  end: '',
};

/**
 * OpenMetrics 1.0: a counter's family is named without `_total`, units are declared, the page ends with `# EOF`.
 * Source: https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
 */
export const OPENMETRICS: Dialect = {
  contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  header: ({ name, help, type }) => {
    const isTotal = type === 'counter' && name.endsWith(COUNTER_SUFFIX);
    const family = isTotal ? name.slice(0, -COUNTER_SUFFIX.length) : name;
    // A counter must have `_total`; one that has not is still a series that someone may want.
    const shown = type === 'counter' && !isTotal ? 'unknown' : type;
    const unit = UNITS.find((one) => family.endsWith(`_${one}`));
    const declared = unit === undefined ? '' : `# UNIT ${family} ${unit}\n`;
    return `# TYPE ${family} ${shown}\n${declared}# HELP ${family} ${escapeQuoted(help)}\n`;
  },
  bound: canonicalNumber,
  end: '# EOF\n',
};

/** A number as Go writes it, whole numbers with `.0`: OpenMetrics asks for one spelling, as `le` is compared as text. */
export function canonicalNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-4) {
    return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
  }
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '"': '\\"' };

/** A label's value in both formats, and a help text in OpenMetrics. */
export function escapeQuoted(text: string): string {
  return text.replace(/[\\\n"]/g, (character) => ESCAPES[character]!);
}

function escapeText(text: string): string {
  return text.replace(/[\\\n]/g, (character) => ESCAPES[character]!);
}
