import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { PLUGIN } from './places.ts';

const require = createRequire(import.meta.url);
const FONT_WEIGHTS = [400, 500, 600];

/** The page's script and what Grafana's components load by address: their icons, and the typeface. */
export async function bundlePage(target: string): Promise<void> {
  // Imported here, because it may not be installed yet when this module is read.
  const { build } = await import('esbuild');
  await build({
    entryPoints: { page: join(PLUGIN, 'preview', 'page', 'main.tsx') },
    outdir: target,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff2': 'file', '.woff': 'file' },
    plugins: [withoutEditor(), asCommonJs()],
    logLevel: 'error',
  });
  copyIcons(join(target, 'build', 'img'));
  copyTypeface(join(target, 'fonts'));
}

/**
 * Takes every package as the CommonJS that it also is. As modules some of Grafana's packages import the default of a CommonJS
 * package, which a bundler then gives them wrapped twice; and of React there may be one only.
 */
function asCommonJs(): Plugin {
  return {
    name: 'as-commonjs',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path, kind, importer, resolveDir, pluginData }) =>
        kind === 'import-statement' && pluginData !== 'resolving'
          ? build.resolve(path, { kind: 'require-call', importer, resolveDir, pluginData: 'resolving' })
          : undefined
      );
    },
  };
}

/** Grafana's code editor is several megabytes, and nothing is edited on the page. */
function withoutEditor(): Plugin {
  return {
    name: 'without-editor',
    setup(build) {
      build.onResolve({ filter: /^(@monaco-editor\/react|monaco-editor|react-monaco-editor)/ }, ({ path }) => ({
        path,
        namespace: 'without-editor',
      }));
      build.onLoad({ filter: /.*/, namespace: 'without-editor' }, () => ({ contents: 'module.exports = {}', loader: 'js' }));
    },
  };
}

function copyIcons(target: string): void {
  cpSync(join(PLUGIN, 'node_modules', '@grafana', 'ui', 'dist', 'public', 'img'), target, { recursive: true });
}

function copyTypeface(target: string): void {
  const files = join(dirname(require.resolve('@fontsource/inter/package.json')), 'files');
  mkdirSync(target, { recursive: true });
  for (const weight of FONT_WEIGHTS) {
    const name = `inter-latin-${weight}-normal.woff2`;
    cpSync(join(files, name), join(target, name));
  }
}
