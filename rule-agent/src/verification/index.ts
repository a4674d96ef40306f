export { breaches, requestRevert } from './guardrails.ts';
export { due, verify } from './verify.ts';
