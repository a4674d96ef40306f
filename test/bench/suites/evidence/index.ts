import type { Suite } from '../../measurement.ts';
import { conclusions } from './conclusions.ts';
import { shrinkage } from './shrinkage.ts';

const SUITE = 'evidence';
const RULES = 4_000;

export const evidenceSuite: Suite = {
  name: SUITE,
  about: 'what many episodes say of a rule whose effect is known (a minute)',
  run: () => Promise.resolve([...conclusions(SUITE, RULES), ...shrinkage(SUITE, RULES)]),
};
