import { readFileSync } from 'node:fs';

const FIRST_LINE = /^#!\/usr\/bin\/env -S node (?<flags>\S.*)$/;

/** The flags of Node that the first line of a program asks for: whoever starts it otherwise has to give them, too. */
export function nodeFlagsOf(program: string): string[] {
  const [firstLine = ''] = readFileSync(program, 'utf8').split('\n', 1);
  return FIRST_LINE.exec(firstLine)?.groups?.flags?.split(' ') ?? [];
}
