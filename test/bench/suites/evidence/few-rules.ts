import { conclusions } from './conclusions.ts';
import { fading } from './fading.ts';
import { shrinkage } from './shrinkage.ts';

/** A program: prints figures of the suite for as many rules as its first argument says, and for as many firings as its second, as JSON. */
const [rules, firings] = process.argv.slice(2).map(Number);
const figures = [
  ...conclusions('evidence', rules!),
  ...shrinkage('evidence', rules!),
  ...fading('evidence', { noises: ['ar_0_8'], effects: [2], firings: firings! }),
];
process.stdout.write(JSON.stringify(figures));
