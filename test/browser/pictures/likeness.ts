import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const REFERENCES = join(import.meta.dirname, '..', 'references');
/** What did not look alike is kept here, with the differences in red; git ignores it. */
const FAILURES = join(import.meta.dirname, '../../../.cache/pictures/failed');

/** Pictures are compared at a fourth of their size: how a machine draws the edge of a letter is then no difference. */
const SHRINK = 4;
const COLOUR_TOLERANCE = 0.12;
/** Of the small picture's pixels. */
const MOST_DIFFERENT = 0.01;

/**
 * How a picture differs from the one on file, in words; undefined when it looks alike. With `UPDATE_PICTURES=1` it becomes the
 * one on file.
 */
export async function differenceFrom(name: string, picture: Buffer): Promise<string | undefined> {
  const file = join(REFERENCES, `${name}.png`);
  const now = shrunk(PNG.sync.read(picture));
  if (process.env.UPDATE_PICTURES === '1') {
    await writeFile(file, PNG.sync.write(now, { colorType: 2, deflateLevel: 9 }));
    return undefined;
  }
  const before = PNG.sync.read(await readFile(file));
  const difference = compared(before, now);
  if (difference === undefined) return undefined;
  await mkdir(FAILURES, { recursive: true });
  await writeFile(join(FAILURES, `${name}.png`), picture);
  await writeFile(join(FAILURES, `${name}-difference.png`), PNG.sync.write(difference.drawn));
  return `${name} ${difference.said}; see .cache/pictures/failed, or UPDATE_PICTURES=1 if it is meant`;
}

/** How two pictures differ, in words; undefined when they look alike. */
export function differenceBetween(before: Buffer, now: Buffer): string | undefined {
  return compared(shrunk(PNG.sync.read(before)), shrunk(PNG.sync.read(now)))?.said;
}

function compared(before: PNG, now: PNG): { said: string; drawn: PNG } | undefined {
  const { width, height } = now;
  const drawn = new PNG({ width, height });
  if (before.width !== width || before.height !== height) {
    return { said: `is ${width} x ${height} and was ${before.width} x ${before.height}`, drawn };
  }
  const different = pixelmatch(before.data, now.data, drawn.data, width, height, {
    threshold: COLOUR_TOLERANCE,
    includeAA: true,
  });
  const share = different / (width * height);
  return share <= MOST_DIFFERENT ? undefined : { said: `differs in ${(share * 100).toFixed(1)} %`, drawn };
}

/** Each pixel is the mean of a square of pixels. */
function shrunk({ width, height, data }: PNG): PNG {
  const small = new PNG({ width: Math.floor(width / SHRINK), height: Math.floor(height / SHRINK) });
  for (let index = 0; index < small.data.length; index++) {
    const [pixel, channel] = [index >> 2, index & 3];
    const [x, y] = [(pixel % small.width) * SHRINK, Math.floor(pixel / small.width) * SHRINK];
    small.data[index] = meanOf(data, { x, y, width, channel });
  }
  return small;
}

interface Square {
  x: number;
  y: number;
  width: number;
  channel: number;
}

function meanOf(data: Uint8Array, { x, y, width, channel }: Square): number {
  let sum = 0;
  for (let row = y; row < y + SHRINK; row++) {
    for (let column = x; column < x + SHRINK; column++) sum += data[(row * width + column) * 4 + channel]!;
  }
  return sum / SHRINK ** 2;
}
