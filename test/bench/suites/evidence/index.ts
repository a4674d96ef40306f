import type { Suite } from '../../measurement.ts';
import { conclusions } from './conclusions.ts';
import { fading } from './fading.ts';
import { shrinkage } from './shrinkage.ts';
import { NOISES } from '../verdicts/noise.ts';

const SUITE = 'evidence';
const RULES = 4_000;
const IMPROVED = { noises: Object.keys(NOISES), effects: [1, 2], firings: 150 };

export const evidenceSuite: Suite = {
  name: SUITE,
  about:
    'what many episodes say of a rule whose effect is known , and whether improvements last (ten minutes)',
  run: () =>
    Promise.resolve([...conclusions(SUITE, RULES), ...shrinkage(SUITE, RULES), ...fading(SUITE, IMPROVED)]),
};
