import { measureCell } from './cells.ts';
import type { Cell } from './firings.ts';

/** A program: measures the cells of its first argument, a JSON list of cells and how many firings, and prints the results as JSON. */
const asked = JSON.parse(process.argv[2]!) as { cell: Cell; firings: number }[];
process.stdout.write(JSON.stringify(asked.map(({ cell, firings }) => measureCell(cell, firings))));
