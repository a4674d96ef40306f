import { describe, expect, it } from '@jest/globals';
import { readRules } from '../src/rules/index.ts';
import { ATTACKS } from './attack-bodies.ts';

const systems = {
  warehouse: { kind: 'knob' },
  chat: { kind: 'notify' },
  alerts: { kind: 'alertmanager-silence' },
} as const;

/** Enough for what grows faster than its text to be seen, and little enough to read them all. */
const LENGTH = 8_192;

// What is counted here is the same on every machine; how long it takes is asked of a running agent, in api-fuzz.test.ts.
describe('a rule file of', () => {
  it.each(Object.entries(ATTACKS))('%s gives a short answer', (_name, makeText) => {
    const text = makeText(LENGTH);
    expect(text.length).toBeLessThanOrEqual(LENGTH);
    const loaded = readRules('rules.yml', text, { systems, env: {} });
    if (loaded.ok) return;
    const { diagnostics } = loaded;
    expect(diagnostics.length).toBeLessThanOrEqual(51);
    for (const { message, hint = '' } of diagnostics)
      expect(message.length + hint.length).toBeLessThan(1_000);
    expect(loaded.text.length).toBeLessThan(51 * 1_000);
  });
});
