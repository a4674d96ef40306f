import { buildPreview } from './build.ts';

/** `npm --prefix grafana-plugin run preview:build`: prints where the preview was built. */
try {
  console.log(await buildPreview());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
