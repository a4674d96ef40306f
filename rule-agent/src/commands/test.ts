import { defineCommand, EXIT_FAILED, EXIT_OK } from '@evenkeel/toolkit';
import { runTestFile } from '../rule-tests/index.ts';

export const testCommand = defineCommand({
  name: 'test',
  summary: 'run tests of rules: series, and what the agent makes of them',
  operands: '<file>...',
  options: {},
  exits: { 0: 'all tests pass', 1: 'a test fails; what was expected and found is shown' },
  examples: ['evenkeel-agent test rules/default_test.yml'],
  async run({ operands: files, write }) {
    let failed = false;
    for (const file of files) {
      const report = await runTestFile(file);
      await write(report.text);
      failed ||= report.failed;
    }
    return failed ? EXIT_FAILED : EXIT_OK;
  },
});
