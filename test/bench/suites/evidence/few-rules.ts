import { conclusions } from './conclusions.ts';

/** A program: prints the figures of the suite for as many rules as its first argument says, as JSON. */
process.stdout.write(JSON.stringify(conclusions('evidence', Number(process.argv[2]))));
