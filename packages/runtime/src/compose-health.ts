/** For health checks in containers: exit 0 when the URL answers 200. */
const response = await fetch(process.argv[2] ?? '', { signal: AbortSignal.timeout(2_000) }).catch(
  () => undefined,
);
process.exitCode = response?.ok === true ? 0 : 1;
