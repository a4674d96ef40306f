/** The codes of `npm start`, each with what happened; docs/errors.md says what to do. Codes are stable: add, never rename. */
export const ERROR_CODES = {
  ALREADY_RUNNING: 'npm start runs on this machine already, on the same ports.',
  EPISODE_FAILED: 'A step of an episode did not happen within its deadline.',
  PART_DOWNLOAD_FAILED: 'A program such as Prometheus is not on this machine and could not be downloaded.',
  PART_EXITED: 'A part of the running system ended by itself.',
  PART_NOT_FOUND: 'A program such as Prometheus is not on this machine and cannot be downloaded for it.',
} as const;
