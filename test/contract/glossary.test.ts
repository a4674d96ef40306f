import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { VERDICTS } from '@evenkeel/agent-api';
import { GUARD_NAMES } from '../../rule-agent/src/decisions/index.ts';
import { PHASES } from '../../rule-agent/src/model/phase.ts';
import { MODES } from '../../rule-agent/src/model/rule.ts';
import { INCONCLUSIVE } from '../../rule-agent/src/verification/index.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');
const glossary = readFileSync(join(REPOSITORY, 'docs/glossary.md'), 'utf8');
const api = JSON.parse(readFileSync(join(REPOSITORY, 'packages/agent-api/src/generated.json'), 'utf8')) as {
  components: { schemas: Record<'EpisodeState' | 'Outcome', { enum: string[] }> };
};
const { EpisodeState, Outcome } = api.components.schemas;

/** The words in the first column of the table below a heading. */
function wordsBelow(heading: string, page = glossary): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `(\w+)`/gm)].map(([, word]) => word!);
}

describe('docs/glossary.md', () => {
  it.each([
    ['Modes', MODES],
    ['Guards', GUARD_NAMES],
    ['States of a rule on a target', PHASES],
    ['States of an episode', EpisodeState.enum],
    ['Outcomes', Outcome.enum],
    ['Verdicts', VERDICTS],
  ])('has all words of the code under "%s", in their order, and no others', (heading, words) => {
    expect(wordsBelow(heading)).toEqual([...words]);
  });
});

it('docs/agent/verdicts.md has every reason why nothing can be said, and no others', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/agent/verdicts.md'), 'utf8');
  expect(wordsBelow('When it cannot be told', page)).toEqual([...INCONCLUSIVE]);
});
