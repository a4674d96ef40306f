/**
 * The variable with the marks of the runs that a process belongs to, a dot between them: a test's own `npm start` belongs to
 * the run of the tests too. Whoever cleans up after a run finds its processes by them; see the runtime's reaper.
 */
export const RUN_MARKS = 'EVENKEEL_RUN';

/** The marks of this process; undefined for one that nobody cleans up after. */
export function runMarks(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env[RUN_MARKS];
}
