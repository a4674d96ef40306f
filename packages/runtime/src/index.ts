export { findPart, findProgram } from './parts/find.ts';
export type { ProgramName } from './parts/programs.ts';
export { run } from './parts/run.ts';
export { backgroundPart } from './processes/background-part.ts';
export { Child } from './processes/child.ts';
export { nodeFlagsOf } from './processes/node-flags.ts';
export { waitUntilReady } from './processes/ready.ts';
export { type Reaper, startReaper } from './processes/reaper.ts';
export { writeNativeConfigs } from './stack/native-configs.ts';
