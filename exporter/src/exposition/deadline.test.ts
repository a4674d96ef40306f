import { describe, expect, it } from '@jest/globals';
import { deadlineOf } from './deadline.ts';

const options = { timeoutMs: 9000, timeoutOffsetMs: 500 };
const header = (seconds: string) => ({ 'x-prometheus-scrape-timeout-seconds': seconds });

describe('deadlineOf', () => {
  it.each([
    ['keeps the offset back', '2', 1500],
    ['keeps at most half back', '0.6', 300],
    ['takes the configured time for nonsense', 'soon', 9000],
    ['takes the configured time for a negative one', '-1', 9000],
  ])('%s', (_what, seconds, deadlineMs) => expect(deadlineOf(header(seconds), options)).toBe(deadlineMs));

  it('takes the configured time without the header', () => expect(deadlineOf({}, options)).toBe(9000));
});
