import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawVerdict } from './picture.ts';

/** A program: draws the picture of docs/agent/verdicts.md anew. */
writeFileSync(join(import.meta.dirname, '../../../../docs/pictures/verdict.svg'), drawVerdict());
