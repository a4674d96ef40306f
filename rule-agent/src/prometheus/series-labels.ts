import type { Labels } from '../model/target.ts';

/** What has been remembered is let go once it is this many times as much as the largest answer had. */
const MOST_TIMES = 4;

/** The labels of series by their JSON: the same series come with every answer, and are read once. */
export class SeriesLabels {
  #byText = new Map<string, Labels>();
  #largest = 0;

  /** The labels, or undefined when the text is not that of labels. */
  of(text: string): Labels | undefined {
    return this.#byText.get(text) ?? this.#read(text);
  }

  /** To be told of every answer: series come and go. */
  answered(series: number): void {
    this.#largest = Math.max(this.#largest, series);
    if (this.#byText.size > MOST_TIMES * this.#largest) this.#byText = new Map();
  }

  #read(text: string): Labels | undefined {
    const labels = parseLabels(text);
    // A copy: what is cut out of a text would keep all of it in memory.
    if (labels !== undefined) this.#byText.set(Buffer.from(text).toString(), labels);
    return labels;
  }
}

function parseLabels(text: string): Labels | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isLabels(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export function isLabels(value: unknown): value is Labels {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((one) => typeof one === 'string');
}
