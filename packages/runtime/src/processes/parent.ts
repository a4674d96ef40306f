/** How often to look: the end of a parent is told to nobody. */
const LOOK_EVERY_MS = 1_000;

/**
 * Calls back once when the process that started us has ended. Only when npm did: npm waits for what it runs, so its end is
 * never meant; a shell may end and leave us running on purpose.
 *
 * @returns stops looking
 */
export function whenNpmEnds(onEnd: () => void, env: NodeJS.ProcessEnv = process.env): () => void {
  if (env.npm_lifecycle_event === undefined) return () => undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onEnd();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
