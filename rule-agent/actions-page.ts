import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { ActionKind } from './src/actions/kind.ts';

const KINDS = join(import.meta.dirname, 'src/actions/kinds');

const TABLE =
  '<!-- Made by `npm run generate` from rule-agent/src/actions/kinds, up to the next comment. -->';
const TABLE_END = '<!-- What follows is written by hand. -->';
const SECTIONS =
  '<!-- Made by `npm run generate` from the README.md of each kind in rule-agent/src/actions/kinds. -->';

/**
 * The page on actions with what the folders of the kinds say: a row and a section for each.
 *
 * @param readmeOf gives the README.md of a kind, by its name
 * @throws Error when a comment of the page, or something in a README.md, is missing
 */
export async function renderActionsPage(
  page: string,
  kinds: readonly ActionKind[],
  readmeOf: (kind: string) => string = readReadme,
): Promise<string> {
  const [before, , between] = cut(page, [TABLE, TABLE_END, SECTIONS]);
  const sections = kinds.map(({ name }) => parseReadme(name, readmeOf(name)));
  const written = [
    ...[before, TABLE, '', ...tableOf(sections), '', messagesOf(kinds), ''],
    ...[TABLE_END, between, SECTIONS, ...sections.map(({ name, text }) => `\n## ${name}\n\n${text}`)],
  ].join('\n');
  const config = await resolveConfig(join(import.meta.dirname, '../docs/agent/actions.md'));
  return format(written, { ...config, parser: 'markdown' });
}

function readReadme(kind: string): string {
  return readFileSync(join(KINDS, kind, 'README.md'), 'utf8');
}

/** The parts of a text before, between and after marks that stand in it once each. */
function cut(text: string, marks: readonly string[]): [string, ...string[]] {
  const [mark, ...rest] = marks;
  if (mark === undefined) return [text];
  const [before, after] = text.split(mark);
  if (before === undefined || after === undefined) throw new Error(`the page lacks ${mark}`);
  return [before, ...cut(after, rest)];
}

interface Section {
  name: string;
  /** The cells of its row: what it moves, what reverts it, how it is known to be done. */
  row: string;
  text: string;
}

const README = /^# (?<name>[\w-]+)\n\n\|.*\|\n\|[ |-]+\|\n\|(?<row>.*)\|\n\n(?<text>[^]*)$/;

function parseReadme(kind: string, readme: string): Section {
  const found = README.exec(readme)?.groups;
  if (found?.name !== kind)
    throw new Error(`the README.md of ${kind} has to begin with its name and its row`);
  return { name: kind, row: found.row!, text: found.text! };
}

function tableOf(sections: readonly Section[]): string[] {
  return [
    '| kind | moves | reverted by | known to be done by |',
    '| --- | --- | --- | --- |',
    ...sections.map(({ name, row }) => `| [\`${name}\`](#${name}) |${row}|`),
  ];
}

function messagesOf(kinds: readonly ActionKind[]): string {
  const names = kinds.filter(({ isMessage }) => isMessage).map(({ name }) => `\`${name}\``);
  return `Messages are ${new Intl.ListFormat('en-GB').format(names)}: [sent once a firing, and in no budget](#messages).`;
}
