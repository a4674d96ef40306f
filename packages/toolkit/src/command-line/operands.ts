/** One operand of a usage line. */
interface Operand {
  isRequired: boolean;
  /** Any number of it may follow. */
  repeats: boolean;
}

const OPERAND = /([<[])[^>\]]+[>\]](\.\.\.)?/g;

function readUsage(usage: string): Operand[] {
  return [...usage.matchAll(OPERAND)].map(([, bracket, dots]) => ({
    isRequired: bracket === '<',
    repeats: dots !== undefined,
  }));
}

/** What is wrong with the number of operands, for a usage such as `<rule> [label=value]...`; undefined when it is right. */
export function operandMistake(usage: string, operands: readonly string[]): string | undefined {
  const declared = readUsage(usage);
  const least = declared.filter(({ isRequired }) => isRequired).length;
  const most = declared.some(({ repeats }) => repeats) ? Infinity : declared.length;
  if (operands.length < least) return `needs ${usage}`;
  if (operands.length <= most) return undefined;
  return most === 0 ? `takes no ${operands[0]!}` : `takes no more than ${usage}: ${operands[most]!}`;
}
