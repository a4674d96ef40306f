import { EvenkeelError } from '@evenkeel/toolkit';
import { runTestFile } from '../rule-tests/index.ts';

/**
 * Runs files of tests of rules, one after the other.
 *
 * @throws EvenkeelError as `runTestFile` does, COMMAND_LINE_INVALID without a file
 */
export async function testRules(
  files: readonly string[],
  write: (text: string) => void,
): Promise<{ failed: boolean }> {
  if (files.length === 0) {
    throw new EvenkeelError('COMMAND_LINE_INVALID', 'test needs the name of a file', {
      hint: 'for example: evenkeel-agent test rules/default_test.yml',
    });
  }
  let failed = false;
  for (const file of files) {
    const report = await runTestFile(file);
    write(report.text);
    failed ||= report.failed;
  }
  return { failed };
}
