import type { Suite } from '../measurement.ts';
import { exporterSuite } from './exporter.ts';

export const SUITES: readonly Suite[] = [exporterSuite];
