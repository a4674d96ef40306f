export { findPart } from './parts/find.ts';
export type { ProgramName } from './parts/programs.ts';
export { Child } from './processes/child.ts';
export { writeNativeConfigs } from './stack/native-configs.ts';
