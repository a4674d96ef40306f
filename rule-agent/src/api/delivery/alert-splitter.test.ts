import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createAlertSplitter, RestTooLarge } from './alert-splitter.ts';

const LIMITS = { restBytes: 10_000, alertBytes: 10_000 };

function split(json: string, pieceBytes = 7, limits = LIMITS) {
  const alerts: (string | undefined)[] = [];
  const splitter = createAlertSplitter(limits, (text) => void alerts.push(text));
  const bytes = Buffer.from(json);
  for (let at = 0; at < bytes.length; at += pieceBytes) splitter.push(bytes.subarray(at, at + pieceBytes));
  return { alerts, rest: splitter.rest() };
}

describe('the splitter of a delivery', () => {
  it('gives each alert and the rest as JSON.parse has them, wherever the text is cut', () => {
    const members = fc.dictionary(
      fc.constantFrom('version', 'groupKey', 'labels', 'alert', 'z'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(
        fc.tuple(members, members),
        fc.array(fc.jsonValue()),
        fc.nat(40),
        ([before, after], alerts, cut) => {
          const payload = { ...before, alerts, ...after, last: [{ alerts: [1] }] };
          const seen = split(JSON.stringify(payload, null, cut % 3), cut + 1);
          expect(seen.alerts.map((text) => JSON.parse(text!) as unknown)).toEqual(
            JSON.parse(JSON.stringify(alerts)),
          );
          expect(JSON.parse(seen.rest)).toEqual(JSON.parse(JSON.stringify({ ...payload, alerts: [] })));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is not led astray by brackets and quotes in texts, or by a text called alerts', () => {
    const alert = { d: 'a "quoted" ] } , [ \\ text', u: 'Läger 📦' };
    const seen = split(
      JSON.stringify({ receiver: 'alerts', groupLabels: { alerts: [1] }, alerts: [alert, alert] }),
    );
    expect(seen.alerts.map((text) => JSON.parse(text!) as unknown)).toEqual([alert, alert]);
    expect(JSON.parse(seen.rest)).toEqual({ receiver: 'alerts', groupLabels: { alerts: [1] }, alerts: [] });
  });

  it('keeps no more of an alert, or of the rest, than their limits', () => {
    const limits = { restBytes: 100, alertBytes: 50 };
    const small = { a: 1 };
    const seen = split(JSON.stringify({ alerts: [small, { a: 'x'.repeat(60) }, small] }), 7, limits);
    expect(seen.alerts).toEqual(['{"a":1}', undefined, '{"a":1}']);
    expect(() => split(JSON.stringify({ groupKey: 'x'.repeat(200), alerts: [] }), 7, limits)).toThrow(
      RestTooLarge,
    );
  });

  it('leaves what is no JSON to whoever parses the parts', () => {
    for (const json of ['{"alerts":[{}}', '{"alerts":[1', '}{', '{"alerts":[]}}', '{"alerts":"'])
      expect(() => JSON.parse(split(json).rest) as unknown).toThrow();
  });
});
