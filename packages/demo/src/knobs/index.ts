export { KnobBoard } from './board.ts';
export { defineKnobs, KNOB_NAMES, type KnobDefinition, type KnobName } from './definitions.ts';
export { type KnobAnswer, KnobStore, type KnobView } from './store.ts';
