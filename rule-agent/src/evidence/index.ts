export { type Conclusion, CONCLUSIONS, type Evidence, evidenceOf, PROVEN_FROM } from './evidence.ts';
export { effectVariance, gainsOf, type MeasuredEffect, shrunk } from './gains.ts';
export { evidenceOfRule, outcomesOf, spreadInSigmas } from './rule-evidence.ts';
export { episodesUntilProof } from './until-proof.ts';
