import { lstat, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '@evenkeel/toolkit';

/** Why everything has to stand still, or undefined. */
export type KillSwitch = () => Promise<string | undefined>;

/**
 * A file whose existence stops all actions; a link that leads nowhere is one too. If it cannot be told whether the file is there, it
 * counts as there: also when its directory is missing, as that of a file system that is not mounted.
 */
export function createKillSwitch(file: string | undefined): KillSwitch {
  return async () => {
    if (file === undefined) return undefined;
    try {
      await lstat(file);
      return `the file ${file} exists`;
    } catch (error) {
      if (!isNotThere(error)) return `cannot tell whether ${file} exists: ${messageOf(error)}`;
    }
    try {
      await stat(dirname(file));
      return undefined;
    } catch (error) {
      const because = isNotThere(error)
        ? 'its directory does not exist: create it, or mount it'
        : messageOf(error);
      return `cannot tell whether ${file} exists: ${because}`;
    }
  };
}

function isNotThere(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
