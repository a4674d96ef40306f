import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { PassThrough, pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

/** More of a body is read, since it belongs to the answer, and thrown away. */
const MOST_BYTES = 256 * 1024;

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/**
 * Reads the whole body of an answer and gives the text of its beginning, decompressed, 256 KiB at most.
 *
 * @throws Error when it ends early, or is not what Content-Encoding says
 */
export async function readProbeBody(response: IncomingMessage): Promise<string> {
  const { 'content-encoding': encoding = '', 'content-type': type = '' } = response.headers;
  const source = new PassThrough();
  const decoded = through(decodersOf(encoding), source);
  try {
    const [bytes] = await Promise.all([beginningOf(decoded), passOn(response, source)]);
    return toText(bytes, type);
  } catch (error) {
    response.destroy();
    throw error;
  }
}

/** Of an encoding that nobody knows the bytes are taken as they are. */
function decodersOf(encoding: string): Transform[] {
  const names = encoding.toLowerCase().split(',').reverse();
  return names.flatMap((name) => {
    const create = DECODERS[name.trim()];
    return create === undefined ? [] : [create()];
  });
}

/** Closed at the end, it closes the source: what is beyond the beginning is not decompressed, however much it would be. */
function through(decoders: readonly Transform[], source: Readable): Readable {
  const last = decoders.at(-1);
  if (last !== undefined) pipeline([source, ...decoders], () => undefined);
  return last ?? source;
}

async function beginningOf(decoded: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of decoded) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES);
}

async function passOn(response: AsyncIterable<Buffer>, source: PassThrough): Promise<void> {
  for await (const chunk of response) {
    if (source.destroyed || source.write(chunk)) continue;
    await Promise.race([once(source, 'drain'), once(source, 'close')]);
  }
  if (!source.destroyed) source.end();
}

function toText(bytes: Buffer, contentType: string): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString();
  }
}
