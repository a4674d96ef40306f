import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { PLUGIN } from './places.ts';

/** Typefaces of npm packages, by the names under which Grafana's components load them. */
const FONTS: Readonly<Record<string, string>> = {
  'inter/Inter-Regular.woff2': '@fontsource/inter/files/inter-latin-400-normal.woff2',
  'inter/Inter-Medium.woff2': '@fontsource/inter/files/inter-latin-500-normal.woff2',
  'inter/Inter-Italic.woff2': '@fontsource/inter/files/inter-latin-400-italic.woff2',
  'inter/Inter-MediumItalic.woff2': '@fontsource/inter/files/inter-latin-500-italic.woff2',
  'roboto/L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2':
    '@fontsource/roboto-mono/files/roboto-mono-latin-400-normal.woff2',
};

const PAGES = join(PLUGIN, 'preview');

/**
 * A page's script and what Grafana's components load by address: their icons, and the typeface.
 *
 * @param packages the directory whose `node_modules` have the Grafana and the React of the page
 */
export async function bundlePage(main: string, target: string, packages = PLUGIN): Promise<void> {
  const grafanaUi = join(packages, 'node_modules', '@grafana', 'ui');
  // Imported here, because it may not be installed yet when this module is read.
  const { build } = await import('esbuild');
  await build({
    entryPoints: { page: main },
    outdir: target,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.GRAFANA_VERSION': JSON.stringify(versionOf(grafanaUi)),
      global: 'window',
    },
    loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff2': 'file', '.woff': 'file' },
    plugins: [withoutEditor(), asCommonJs(packages)],
    logLevel: 'error',
  });
  const images = join(target, 'build', 'img');
  copyIcons(grafanaUi, images);
  gatherIcons(images);
  copyFonts(join(target, 'fonts'));
}

function versionOf(directory: string): string {
  return (JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version: string }).version;
}

/**
 * Takes every package as the CommonJS that it also is. As modules some of Grafana's packages import the default of a CommonJS
 * package, which a bundler then gives them wrapped twice; and of React there may be one only.
 */
function asCommonJs(packages: string): Plugin {
  return {
    name: 'as-commonjs',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path, kind, importer, resolveDir, pluginData }) =>
        kind === 'import-statement' && pluginData !== 'resolving'
          ? build.resolve(path, {
              kind: 'require-call',
              importer,
              resolveDir: resolveDir.startsWith(PAGES) ? packages : resolveDir,
              pluginData: 'resolving',
            })
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
      build.onLoad({ filter: /.*/, namespace: 'without-editor' }, () => ({
        contents: 'module.exports = {}',
        loader: 'js',
      }));
    },
  };
}

/** Those of @grafana/ui; a few that its components ask for are not in its package, and are ours. */
function copyIcons(grafanaUi: string, target: string): void {
  cpSync(join(grafanaUi, 'dist', 'public', 'img'), target, { recursive: true });
  cpSync(join(PLUGIN, 'preview', 'page', 'icons'), join(target, 'icons', 'unicons'), { recursive: true });
}

/** All icons in one file, by the addresses from which Grafana's components would load them. */
function gatherIcons(images: string): void {
  const names = readdirSync(join(images, 'icons'), { recursive: true, encoding: 'utf8' });
  const icons = names
    .filter((name) => name.endsWith('.svg'))
    .map((name) => [`/build/img/icons/${name}`, readFileSync(join(images, 'icons', name), 'utf8')]);
  writeFileSync(join(images, 'icons.json'), JSON.stringify(Object.fromEntries(icons)));
}

function copyFonts(target: string): void {
  for (const [name, file] of Object.entries(FONTS)) {
    cpSync(join(PLUGIN, 'node_modules', file), join(target, name));
  }
}
