import { conclusions } from './conclusions.ts';
import { shrinkage } from './shrinkage.ts';

/** A program: prints the figures of the suite for as many rules as its first argument says, as JSON. */
const rules = Number(process.argv[2]);
process.stdout.write(JSON.stringify([...conclusions('evidence', rules), ...shrinkage('evidence', rules)]));
