export { freePort } from './free-port.ts';
export { goldenText } from './golden.ts';
