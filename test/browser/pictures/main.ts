import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { chooseEpisode, openEpisodeStage } from '../episode-stage.ts';
import { showPanel, stillPage, stillPicture } from '../panel-page.ts';
import { TWO_EPISODES } from '../recorded-prometheus.ts';
import { openStage } from '../stage.ts';
import { compress } from './compress.ts';
import { EPISODE, type Picture, PICTURES } from './pictures.ts';

const CHECKOUT = join(import.meta.dirname, '../../..');
const DOCS = join(CHECKOUT, 'docs', 'pictures');
/** The one of the plugin catalogue: plugin.json names it. */
const CATALOGUE = join(CHECKOUT, 'grafana-plugin', 'src', 'img', 'panel.png');
const MOST_BYTES = 150_000;

/** `npm run pictures`: takes the docs' pictures anew, of the built panel on a recording of the running demo. */
async function main(): Promise<number> {
  const stage = await openStage(TWO_EPISODES);
  try {
    const page = await stillPage(stage.browser, stage.prometheus);
    await mkdir(DOCS, { recursive: true });
    let tooLarge = 0;
    for (const picture of PICTURES) {
      await showPanel(page, stage.previewUrl, picture);
      tooLarge += await keep(picture, await stillPicture(page));
    }
    tooLarge += await takeEpisode();
    return tooLarge === 0 ? 0 : 1;
  } finally {
    await stage.close();
  }
}

async function takeEpisode(): Promise<number> {
  const stage = await openEpisodeStage();
  try {
    const page = await stillPage(stage.browser, stage.prometheus);
    await showPanel(page, stage.previewUrl, { ...EPISODE, range: '1h' });
    await chooseEpisode(page);
    return await keep(EPISODE, await stillPicture(page));
  } finally {
    await stage.close();
  }
}

/** @returns 1 when it is too large, else 0 */
async function keep(picture: Picture, taken: Buffer): Promise<number> {
  const bytes = compress(taken);
  for (const file of filesOf(picture)) await writeFile(file, bytes);
  const isLarge = bytes.length > MOST_BYTES;
  process.stdout.write(
    `${relative(CHECKOUT, filesOf(picture)[0]!)}  ${(bytes.length / 1000).toFixed(0)} kB${isLarge ? '  TOO LARGE' : ''}\n`,
  );
  return Number(isLarge);
}

function filesOf({ name }: Picture): string[] {
  const file = join(DOCS, `${name}.png`);
  return name === 'panel-dark' ? [file, CATALOGUE] : [file];
}

process.exitCode = await main();
