import { type DataFrame } from '@grafana/data';
import { toTimeMs } from './samples';

/** An annotation of the dashboard: something that happened at a time, or over one. */
export interface Mark {
  timeMs: number;
  endMs: number | undefined;
  text: string;
  /** A colour's name in Grafana, such as that of the annotation query. */
  color: string | undefined;
}

/** Reads Grafana's annotation frames. */
export function readMarks(frames: readonly DataFrame[]): Mark[] {
  return frames.flatMap((frame) => {
    const column = (name: string) => frame.fields.find((field) => field.name === name)?.values;
    const [times, ends, titles, texts, colors] = ['time', 'timeEnd', 'title', 'text', 'color'].map(column);
    const marks: Mark[] = [];
    for (let row = 0; row < frame.length; row++) {
      const timeMs = toTimeMs(times?.[row]);
      if (timeMs !== undefined) {
        const said = [titles?.[row], texts?.[row]].filter((part) => typeof part === 'string' && part !== '');
        marks.push({
          timeMs,
          endMs: endOf(toTimeMs(ends?.[row]), timeMs),
          text: said.join(': ').replace(/<[^>]*>/g, ''),
          color: typeof colors?.[row] === 'string' ? colors[row] : undefined,
        });
      }
    }
    return marks;
  });
}

function endOf(endMs: number | undefined, startMs: number): number | undefined {
  return endMs !== undefined && endMs > startMs ? endMs : undefined;
}
