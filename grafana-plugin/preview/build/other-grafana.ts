import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { buildPreview } from './build.ts';
import { bundlePage } from './bundle.ts';
import { PLUGIN } from './places.ts';

/**
 * Builds into a directory the preview of another Grafana than the one that is installed for the panel: the very same panel, on a
 * page of the packages that another directory has installed.
 */
export async function buildPreviewOn(packages: string, target: string): Promise<void> {
  cpSync(join(await buildPreview(), 'plugin'), join(target, 'plugin'), { recursive: true });
  await bundlePage(join(PLUGIN, 'preview', 'page', 'main.tsx'), target, packages);
}
