import { describe, expect, it } from '@jest/globals';
import { type Diagnostic, firstDiagnostics } from './diagnostic.ts';
import { renderDiagnostics } from './render.ts';

function finding(given: Partial<Diagnostic> = {}): Diagnostic {
  return { file: 'a.yml', line: 1, column: 1, severity: 'error', code: 'X', message: 'm', ...given };
}

const render = (diagnostic: Diagnostic, text: string) =>
  renderDiagnostics([diagnostic], new Map([['a.yml', text]])).split('\n');

describe('a finding for a terminal', () => {
  it('shows a part of a long line, with the caret below its place', () => {
    const text = `${'a'.repeat(5_000)}KEY${'b'.repeat(5_000)}`;
    const [, line = '', caret = ''] = render(finding({ column: 5_001, length: 3 }), text);
    expect(line.length).toBeLessThan(180);
    expect(line).toContain('…aaaa');
    expect(line.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('KEY');
  });

  it('underlines no more than is shown', () => {
    const [, line = '', caret = ''] = render(finding({ column: 1, length: 9_000 }), 'a'.repeat(9_000));
    expect(caret.length).toBeLessThanOrEqual(line.length);
  });

  it('lets a text do nothing to the terminal', () => {
    const message = 'unknown key \u001b[2J\u202e';
    const shown = render(finding({ message, hint: 'a\u0007', column: 3 }), 'a\u001bKEY').join('\n');
    expect(shown).toContain('unknown key \\u001b[2J\\u202e [X]');
    expect(shown).toContain('a\ufffdKEY');
    // eslint-disable-next-line no-control-regex
    expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
  });

  it('cuts messages and hints, between characters', () => {
    const [head = ''] = render(finding({ message: `a${'😀'.repeat(400)}` }), '');
    expect(head.length).toBeLessThan(340);
    expect(head).toContain('😀… [X]');
    expect(head.isWellFormed()).toBe(true);
  });
});

describe('findings of one file', () => {
  it('end after 50, with one that says so at the place of the next', () => {
    const many = Array.from({ length: 60 }, (_, index) => finding({ line: index + 1 }));
    const first = firstDiagnostics(many);
    expect(first).toHaveLength(51);
    expect(first.at(-1)).toMatchObject({ line: 51, code: 'MORE_FINDINGS' });
    expect(firstDiagnostics(many.slice(0, 50))).toHaveLength(50);
  });

  it('are looked for no further than they are shown', () => {
    let made = 0;
    function* endless() {
      for (;;) yield finding({ line: ++made });
    }
    firstDiagnostics(endless());
    expect(made).toBe(51);
  });
});
