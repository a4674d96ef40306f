import { access } from 'node:fs/promises';
import { messageOf } from '@evenkeel/toolkit';

/** Why everything has to stand still, or undefined. */
export type KillSwitch = () => Promise<string | undefined>;

/** A file whose existence stops all actions. If it cannot be told whether the file is there, it counts as there. */
export function createKillSwitch(file: string | undefined): KillSwitch {
  return async () => {
    if (file === undefined) return undefined;
    try {
      await access(file);
      return `the file ${file} exists`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === 'ENOENT' ? undefined : `cannot tell whether ${file} exists: ${messageOf(error)}`;
    }
  };
}
