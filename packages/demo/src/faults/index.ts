export { FaultBoard, type FaultMechanism, type FaultView } from './board.ts';
export { FAULT_NAMES, type FaultName, isFaultName } from './definitions.ts';
export { growArchive, shrinkArchive } from './slow-query.ts';
