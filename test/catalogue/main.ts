import { writeFileSync } from 'node:fs';
import {
  CATALOGUE_FILE,
  differences,
  OUR_PARTS,
  readCatalogue,
  renderCatalogue,
} from '@evenkeel/provisioning';
import { dependsOnTheHost } from './sometimes.ts';
import { tour } from './tour.ts';

/** `npm run catalogue`: records what the real parts expose into provisioning/catalogue/metrics.json. */
async function main(): Promise<void> {
  const before = readCatalogue();
  const recorded = await tour((what) => process.stdout.write(`  ${what}\n`));
  const names = new Set(recorded.map(({ name }) => name));
  const kept = before.filter(({ name }) => !names.has(name) && dependsOnTheHost(name));
  const after = [...recorded, ...kept];
  writeFileSync(CATALOGUE_FILE, renderCatalogue(after));
  const ours = after.filter(({ parts }) => parts.some((part) => OUR_PARTS.includes(part)));
  for (const line of differences(before, ours)) process.stdout.write(`  ${line}\n`);
  process.stdout.write(`${after.length} metrics in the catalogue, ${ours.length} of them ours\n`);
}

await main();
