export { episodeAsText, ruleAsText, situationLines } from './explain-text.ts';
