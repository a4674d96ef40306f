export { due, verify } from './verify.ts';
