import type { Suite } from '../measurement.ts';
import { agentSuite } from './agent/index.ts';
import { baselinesSuite } from './baselines/index.ts';
import { bodiesSuite } from './bodies.ts';
import { evidenceSuite } from './evidence/index.ts';
import { eventsSuite } from './events.ts';
import { exporterSuite } from './exporter.ts';
import { panelSuite } from './panel/index.ts';
import { replaySuite } from './replay/index.ts';
import { rulesSuite } from './rules/index.ts';
import { switchbackSuite } from './switchback/index.ts';
import { verdictsSuite } from './verdicts/index.ts';

export const SUITES: readonly Suite[] = [
  exporterSuite,
  eventsSuite,
  baselinesSuite,
  rulesSuite,
  agentSuite,
  bodiesSuite,
  panelSuite,
  verdictsSuite,
  evidenceSuite,
  switchbackSuite,
  replaySuite,
];
