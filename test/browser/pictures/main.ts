import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { showPanel, stillPage, stillPicture } from '../panel-page.ts';
import { TWO_EPISODES } from '../recorded-prometheus.ts';
import { openStage } from '../stage.ts';
import { compress } from './compress.ts';
import { type Picture, PICTURES } from './pictures.ts';

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
      const bytes = compress(await stillPicture(page));
      for (const file of filesOf(picture)) await writeFile(file, bytes);
      const isLarge = bytes.length > MOST_BYTES;
      process.stdout.write(
        `${relative(CHECKOUT, filesOf(picture)[0]!)}  ${(bytes.length / 1000).toFixed(0)} kB${isLarge ? '  TOO LARGE' : ''}\n`,
      );
      tooLarge += Number(isLarge);
    }
    return tooLarge === 0 ? 0 : 1;
  } finally {
    await stage.close();
  }
}

function filesOf({ name }: Picture): string[] {
  const file = join(DOCS, `${name}.png`);
  return name === 'panel-dark' ? [file, CATALOGUE] : [file];
}

process.exitCode = await main();
