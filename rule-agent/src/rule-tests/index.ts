export { runTestFile, type TestReport } from './run-test-file.ts';
