import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LogPosition } from './log-file.ts';
import { Tail } from './tail.ts';

/** Lines of the tests are `<` text `>`. */
const LINE = /^<[^<>]*>$/;

describe('Tail', () => {
  let directory: string;
  let path: string;
  let lines: string[];
  let cuts: number;
  let nowMs: number;
  const tails: Tail[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'evenkeel-tail-'));
    path = join(directory, 'access.log');
    lines = [];
    cuts = 0;
    nowMs = 1_000_000;
  });

  afterEach(async () => {
    await Promise.all(tails.splice(0).map((tail) => tail.close()));
    rmSync(directory, { recursive: true });
  });

  function follow(saved?: LogPosition): Tail {
    const sink = {
      fits: (line: string) => LINE.test(line),
      take: (line: string) => void lines.push(line),
      skipLong: () => void lines.push('too long'),
      skipCut: () => {
        cuts++;
      },
    };
    const tail = new Tail(path, sink, saved);
    tails.push(tail);
    return tail;
  }

  /** Turns until there is no more. @returns the lines since the last time */
  async function read(tail: Tail): Promise<string[]> {
    while (await tail.turn(nowMs));
    return lines.splice(0);
  }

  it('passes over what is there at the start, and gives what is added', async () => {
    writeFileSync(path, '<old>\n');
    const tail = follow();
    expect(await read(tail)).toEqual([]);
    appendFileSync(path, '<one>\n<two>\n');
    expect(await read(tail)).toEqual(['<one>', '<two>']);
    expect(await read(tail)).toEqual([]);
  });

  it('gives a line that is being written at the start when it is whole', async () => {
    writeFileSync(path, '<old>\n<on');
    const tail = follow();
    await read(tail);
    appendFileSync(path, 'e>\n');
    expect(await read(tail)).toEqual(['<one>']);
  });

  it('waits for a file that is not there yet, says so, and gives all of it', async () => {
    const tail = follow();
    await read(tail);
    expect(tail.error?.message).toBe(`${path} is not there`);
    writeFileSync(path, '<one>\n');
    expect(await read(tail)).toEqual(['<one>']);
    expect(tail.error).toBeUndefined();
  });

  it.each([['a directory', (at: string) => mkdirSync(at), 'is no file']])(
    'refuses %s',
    async (_, make, message) => {
      make(path);
      const tail = follow();
      await read(tail);
      expect(tail.error?.message).toContain(message);
    },
  );

  it('gives a line once it is whole, however it arrives', async () => {
    writeFileSync(path, '');
    const tail = follow();
    await read(tail);
    const found: string[] = [];
    for (const character of '<one>\n<two>\n') {
      appendFileSync(path, character);
      found.push(...(await read(tail)));
    }
    expect(found).toEqual(['<one>', '<two>']);
  });

  it('reads a burst in turns of a bounded size, and says how much is left', async () => {
    writeFileSync(path, '');
    const tail = follow();
    await read(tail);
    const line = `<${'x'.repeat(1021)}>\n`;
    appendFileSync(path, line.repeat(10_000));
    expect(await tail.turn(nowMs)).toBe(true);
    expect(lines).toHaveLength(4096);
    expect(tail.unreadBytes).toBe((10_000 - 4096) * 1024);
    await read(tail);
    expect(tail.unreadBytes).toBe(0);
    expect(tail.rotations).toEqual({ renamed: 0, truncated: 0 });
  });

  describe('when the file is renamed and another one is made', () => {
    it('gives the rest of the old one and all of the new one', async () => {
      writeFileSync(path, '');
      const tail = follow();
      await read(tail);
      appendFileSync(path, '<one>\n');
      renameSync(path, `${path}.1`);
      writeFileSync(path, '<two>\n');
      expect(await read(tail)).toEqual(['<one>', '<two>']);
      expect(tail.rotations).toEqual({ renamed: 1, truncated: 0 });
    });

    it('gives what the server still writes to the old one, a line that was begun before included', async () => {
      writeFileSync(path, '');
      const tail = follow();
      await read(tail);
      const server = openSync(path, 'a');
      writeSync(server, '<on');
      await read(tail);
      renameSync(path, `${path}.1`);
      writeFileSync(path, '<two>\n');
      expect(await read(tail)).toEqual(['<two>']);
      writeSync(server, 'e>\n');
      expect(await read(tail)).toEqual(['<one>']);
      closeSync(server);
      expect(cuts).toBe(0);
    });

    it('joins a line of which the end is in the new one', async () => {
      writeFileSync(path, '');
      const tail = follow();
      await read(tail);
      appendFileSync(path, '<o');
      await read(tail);
      renameSync(path, `${path}.1`);
      writeFileSync(path, 'ne>\n<two>\n');
      expect(await read(tail)).toEqual(['<one>', '<two>']);
    });

    it('keeps reading while there is no new one yet', async () => {
      writeFileSync(path, '');
      const tail = follow();
      await read(tail);
      renameSync(path, `${path}.1`);
      appendFileSync(`${path}.1`, '<one>\n');
      expect(await read(tail)).toEqual(['<one>']);
      expect(tail.error).toBeUndefined();
      writeFileSync(path, '<two>\n');
      expect(await read(tail)).toEqual(['<two>']);
    });

    it('lets go of the old one after a minute without a line, and counts a line without an end', async () => {
      writeFileSync(path, '');
      const tail = follow();
      await read(tail);
      renameSync(path, `${path}.1`);
      writeFileSync(path, '');
      appendFileSync(`${path}.1`, '<one>\n<never');
      await read(tail);
      nowMs += 60_001;
      await read(tail);
      expect(cuts).toBe(1);
      appendFileSync(`${path}.1`, '<late>\n');
      expect(await read(tail)).toEqual([]);
    });

    it('says that the file is gone when none comes in its place', async () => {
      writeFileSync(path, '');
      const tail = follow();
      await read(tail);
      rmSync(path);
      await read(tail);
      nowMs += 60_001;
      await read(tail);
      await read(tail);
      expect(tail.error?.message).toBe(`${path} is not there`);
    });

    it('loses nothing over many rotations', async () => {
      writeFileSync(path, '');
      const tail = follow();
      await read(tail);
      const found: string[] = [];
      for (let round = 0; round < 20; round++) {
        appendFileSync(path, `<${round}>\n`);
        renameSync(path, `${path}.${round}`);
        writeFileSync(path, '');
        found.push(...(await read(tail)));
      }
      expect(found).toEqual(Array.from({ length: 20 }, (_, round) => `<${round}>`));
    });
  });

  describe('when the file is copied and emptied', () => {
    async function begun(text: string): Promise<Tail> {
      writeFileSync(path, '');
      const tail = follow();
      await read(tail);
      appendFileSync(path, text);
      await read(tail);
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
      return tail;
    }

    it('goes on at its start', async () => {
      const tail = await begun('<a long first line>\n');
      appendFileSync(path, '<two>\n');
      expect(await read(tail)).toEqual(['<two>']);
      expect(tail.rotations).toEqual({ renamed: 0, truncated: 1 });
    });

    it('notices it when more was written since than there was before', async () => {
      const tail = await begun('<one>\n');
      appendFileSync(path, '<two>\n<three>\n<four>\n');
      expect(await read(tail)).toEqual(['<two>', '<three>', '<four>']);
    });

    it('joins the line that was being written', async () => {
      const tail = await begun('<one>\n<tw');
      appendFileSync(path, 'o>\n<three>\n');
      expect(await read(tail)).toEqual(['<two>', '<three>']);
      expect(cuts).toBe(0);
    });

    it('does not join what does not belong together', async () => {
      const tail = await begun('<one>\n<tw');
      appendFileSync(path, '<three>\n<four>\n');
      expect(await read(tail)).toEqual(['<three>', '<four>']);
      expect(cuts).toBe(1);
    });
  });

  describe('after a restart', () => {
    async function stopped(text: string): Promise<LogPosition> {
      writeFileSync(path, '<zero>\n');
      const tail = follow();
      await read(tail);
      appendFileSync(path, text);
      await read(tail);
      await tail.close();
      return tail.position()!;
    }

    it('goes on where it stopped, at the start of a line that was being written', async () => {
      const saved = await stopped('<one>\n<tw');
      appendFileSync(path, 'o>\n');
      expect(await read(follow(saved))).toEqual(['<two>']);
    });

    it('finishes the file that was renamed meanwhile, then gives all of the new one', async () => {
      const saved = await stopped('<one>\n');
      appendFileSync(path, '<two>\n');
      renameSync(path, `${path}.1`);
      writeFileSync(path, '<three>\n');
      expect(await read(follow(saved))).toEqual(['<two>', '<three>']);
    });

    it.each(['<9>\n', '<a much longer line than there was before>\n<9>\n'])(
      'gives all of a file that was emptied meanwhile: %s',
      async (text) => {
        const saved = await stopped('<one>\n');
        writeFileSync(path, text);
        expect((await read(follow(saved))).at(-1)).toBe('<9>');
        expect(cuts).toBe(0);
      },
    );

    it('keeps the position when nothing could be read', async () => {
      const saved = await stopped('<one>\n');
      rmSync(path);
      mkdirSync(path);
      const tail = follow(saved);
      await read(tail);
      expect(tail.position()).toEqual(saved);
    });
  });
});
