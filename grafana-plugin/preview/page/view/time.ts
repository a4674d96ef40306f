import { dateMath, dateTime, rangeUtil, type TimeRange } from '@grafana/data';

/** `now-1h` stays what it is and is read anew at each refresh; a number is epoch milliseconds, as in Grafana's addresses. */
export function timeRangeOf(from: string, to: string): TimeRange {
  const raw = { from: rawTime(from), to: rawTime(to) };
  return {
    from: dateMath.toDateTime(raw.from, { roundUp: false }) ?? dateTime(),
    to: dateMath.toDateTime(raw.to, { roundUp: true }) ?? dateTime(),
    raw,
  };
}

export function textOfTime(time: TimeRange['raw']['from']): string {
  return typeof time === 'string' ? time : `${time.valueOf()}`;
}

/** The range moved by half its length, or made twice as long. */
export function shifted(range: TimeRange, change: 'back' | 'forward' | 'out'): { from: string; to: string } {
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const half = Math.round((to - from) / 2);
  const [before, after] = { back: [-half, -half], forward: [half, half], out: [-half, half] }[change] as [
    number,
    number,
  ];
  return { from: `${from + before}`, to: `${Math.min(to + after, Date.now())}` };
}

export function refreshMs(refresh: string): number | undefined {
  return refresh === '' ? undefined : rangeUtil.intervalToMs(refresh);
}

function rawTime(text: string) {
  return /^\d+$/.test(text) ? dateTime(Number(text)) : text;
}
