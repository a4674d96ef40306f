import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';
import { writeActionSchemas } from './action-schemas.ts';
import { renderActionsPage } from './actions-page.ts';
import { renderCookbookPage } from './cookbook-page.ts';
import { ACTION_KINDS } from './src/actions/kinds/index.ts';
import { renderVariablesPage } from './variables-page.ts';

const API = join(import.meta.dirname, '../packages/agent-api');
const AGENT_DOCS = join(import.meta.dirname, '../docs/agent');
const ACTIONS_PAGE = join(AGENT_DOCS, 'actions.md');
const HEAD = '// Made from openapi.yaml by `npm run generate`; not to be edited.\n\n';

interface Generated {
  file: string;
  text: string;
}

/**
 * Writes the actions in openapi.yaml, the types of the API, openapi.yaml as the agent reads it, and the pages of docs that are
 * made; with --check it only says which are out of date.
 */
async function main(argv: readonly string[]): Promise<number> {
  const stale = (await generate()).filter(({ file, text }) => readExisting(file) !== text);
  for (const { file, text } of stale) {
    const shown = relative(process.cwd(), file);
    if (argv.includes('--check')) process.stderr.write(`${shown} is out of date\n`);
    else {
      writeFileSync(file, text);
      process.stdout.write(`wrote ${shown}\n`);
    }
  }
  if (stale.length === 0 || !argv.includes('--check')) return 0;
  process.stderr.write('run npm run generate and commit what it writes\n');
  return 1;
}

async function generate(): Promise<Generated[]> {
  const source = join(API, 'openapi.yaml');
  const openapi = writeActionSchemas(readFileSync(source, 'utf8'), ACTION_KINDS);
  const types = astToString(await openapiTypescript(openapi, { alphabetize: false }));
  const document: unknown = parse(openapi);
  return [
    { file: source, text: openapi },
    { file: join(API, 'src/generated.ts'), text: HEAD + types },
    { file: join(API, 'src/generated.json'), text: `${JSON.stringify(document, null, 1)}\n` },
    {
      file: join(import.meta.dirname, '../docs/reference/agent-variables.md'),
      text: renderVariablesPage(),
    },
    { file: ACTIONS_PAGE, text: await renderActionsPage(readFileSync(ACTIONS_PAGE, 'utf8'), ACTION_KINDS) },
    { file: join(AGENT_DOCS, 'cookbook.md'), text: renderCookbookPage(join(AGENT_DOCS, 'cookbook')) },
  ];
}

function readExisting(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

process.exitCode = await main(process.argv.slice(2));
