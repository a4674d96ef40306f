import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = `# A cookbook of rules

<!-- Made by \`npm run generate\` from the files in docs/agent/cookbook; not to be edited. -->

Rules for real situations, to copy and to change. Each is a file in [cookbook/recipes](cookbook/recipes), with a test beside it in
[cookbook/tests](cookbook/tests). Here is how to take one over:

1. Copy the file to where your \`agent.yml\` looks for rules. Put your own system, target and signals into it.
2. \`evenkeel-agent check --config.file=agent.yml\` says what does not fit, with line and column.
3. Copy its test, change it the same way, and run it: \`evenkeel-agent test slow-api_test.yml\`. [About tests](tests.md).
4. Begin with \`mode: shadow\`. After some days \`/api/v1/report?last=7d\` says how often it would have acted, and what held it back.
5. Then \`approve\`, then \`auto\`.

All of them are checked against one configuration, [cookbook/agent.yml](cookbook/agent.yml):

\`\`\`sh
evenkeel-agent check --config.file=docs/agent/cookbook/agent.yml
evenkeel-agent test docs/agent/cookbook/tests/*_test.yml
\`\`\`
`;

/** The page of the cookbook: each recipe is a file whose first comment is its text. */
export function renderCookbookPage(directory: string): string {
  const names = readdirSync(join(directory, 'recipes')).filter((name) => name.endsWith('.yml'));
  return [HEAD, ...names.sort().map((name) => renderRecipe(directory, name.replace(/\.yml$/, '')))].join(
    '\n',
  );
}

function renderRecipe(directory: string, name: string): string {
  const text = readFileSync(join(directory, 'recipes', `${name}.yml`), 'utf8');
  const test = readFileSync(join(directory, 'tests', `${name}_test.yml`), 'utf8');
  const comment = /^(?:#.*\n)+/.exec(text)?.[0] ?? '';
  const prose = comment.replaceAll(/^# ?/gm, '');
  const about = `[The file](cookbook/recipes/${name}.yml) and its [test](cookbook/tests/${name}_test.yml):`;
  return `## ${prose}\n${fence(text.slice(comment.length))}\n${about}\n\n${fence(test)}`;
}

function fence(yaml: string): string {
  return `\`\`\`yaml\n${yaml}\`\`\`\n`;
}
