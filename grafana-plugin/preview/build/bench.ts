import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { buildPreview } from './build.ts';
import { bundlePage } from './bundle.ts';
import { PLUGIN } from './places.ts';

/** Builds into a directory what `npm run bench -- panel` opens: the panel as Grafana gets it, and a page that drives it. */
export async function buildBenchPage(target: string): Promise<void> {
  cpSync(join(await buildPreview(), 'plugin'), join(target, 'plugin'), { recursive: true });
  await bundlePage(join(PLUGIN, 'preview', 'bench', 'main.tsx'), target);
}
