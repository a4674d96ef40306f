export { Repricing } from './repricing.ts';
