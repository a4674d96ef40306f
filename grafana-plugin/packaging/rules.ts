import { gzipSync } from 'node:zlib';

/** A file of the package: its path below the plugin's directory. */
export type Package = ReadonlyMap<string, Uint8Array>;

export interface Rule {
  name: string;
  /** What is wrong; empty when nothing is. */
  broken: (files: Package, versions: Versions) => string[];
}

export interface Versions {
  /** Of package.json. */
  version: string;
}

const MOST_MODULE_BYTES = 60_000;
const ID = /^[0-9a-z]+-([0-9a-z]+-)?panel$/;
const SEMVER = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const TEMPLATE_TEXT = [
  'This README file is going to be',
  '%VERSION%',
  '%TODAY%',
  '%PLUGIN_ID%',
  'Initial release.',
  '<!--',
];
const NEEDED_FILES = ['plugin.json', 'module.js', 'README.md', 'CHANGELOG.md', 'LICENSE'];

/**
 * Those rules of Grafana's plugin validator that can be asked without Grafana's servers, and our own limit on the size of
 * the module. github.com/grafana/plugin-validator, pkg/analysis/passes.
 */
export const RULES: readonly Rule[] = [
  rule('the files of a plugin are there', (files) =>
    NEEDED_FILES.filter((name) => !files.has(name)).map((name) => `${name} is missing`)
  ),
  rule('the id names a panel', (files) => {
    const { id, type } = pluginJson(files);
    return type === 'panel' && ID.test(text(id)) ? [] : [`id ${text(id)} of type ${text(type)}`];
  }),
  rule('the version is that of package.json', (files, { version }) => {
    const said = pluginJson(files).info?.version;
    return said === version && SEMVER.test(version) ? [] : [`plugin.json says ${text(said)}, package.json ${version}`];
  }),
  rule('it was built by create-plugin', (files) =>
    moduleText(files).includes('[create-plugin] version') ? [] : ['module.js does not carry the mark of its build']
  ),
  rule('every image that is named is there', (files) =>
    imagesOf(pluginJson(files))
      .filter((path) => !files.has(path))
      .map((path) => `${path} is missing`)
  ),
  rule('logos are SVG and draw nothing from elsewhere', (files) =>
    logosOf(pluginJson(files))
      .filter((path) => files.has(path))
      .flatMap((path) => {
        const source = decode(files.get(path));
        return /<script|href="http|onload=/i.test(source) || !source.includes('<svg')
          ? [`${path} is not a plain SVG`]
          : [];
      })
  ),
  rule('it says what it is', (files) => {
    const { info, name } = pluginJson(files);
    const said = { name, description: info?.description, author: info?.author?.name, updated: info?.updated };
    const unsaid = Object.entries(said).filter(([, value]) => text(value) === '');
    return [...unsaid.map(([key]) => `${key} is empty`), ...(keywordsOf(info) < 2 ? ['fewer than two keywords'] : [])];
  }),
  rule('it says which Grafana it needs', (files) =>
    /^>=\d+\.\d+\.\d+$/.test(text(pluginJson(files).dependencies?.grafanaDependency))
      ? []
      : ['grafanaDependency is no ">=x.y.z"']
  ),
  rule('README and CHANGELOG are its own', (files) =>
    ['README.md', 'CHANGELOG.md'].flatMap((name) => {
      const written = decode(files.get(name));
      const found = TEMPLATE_TEXT.filter((phrase) => written.includes(phrase));
      return [
        ...found.map((phrase) => `${name} still has "${phrase}"`),
        ...(written.length < 200 ? [`${name} says next to nothing`] : []),
      ];
    })
  ),
  rule('links and images of the README are absolute', (files) =>
    [...decode(files.get('README.md')).matchAll(/\]\((?!https:\/\/|#)([^)]*)\)/g)].map(
      ([, target]) => `README.md links to ${target}`
    )
  ),
  rule('the changelog knows the version', (files, { version }) =>
    decode(files.get('CHANGELOG.md')).includes(`## ${version}`) ? [] : [`CHANGELOG.md has no "## ${version}"`]
  ),
  rule('no maps to sources that are not there, no development build', (files) => {
    const module = moduleText(files);
    return [
      ...(module.includes('eval-source-map') || module.includes('webpack/hot')
        ? ['module.js is a development build']
        : []),
      ...(files.has('module.js.map') ? [] : ['module.js.map is missing']),
    ];
  }),
  rule('React is not inside', (files) =>
    ['react.production', '__SECRET_INTERNALS', '__CLIENT_INTERNALS']
      .filter((word) => moduleText(files).includes(word))
      .map((word) => `module.js contains ${word}`)
  ),
  rule('nothing but text and images', (files) =>
    [...files.keys()]
      .filter((path) => !/(\.(js|js\.map|json|md|svg|png|csv)|^LICENSE|^MANIFEST.txt)$/.test(path))
      .map((path) => `what is ${path}?`)
  ),
  rule(`module.js is under ${MOST_MODULE_BYTES / 1000} kB gzipped`, (files) => {
    const bytes = gzipSync(files.get('module.js') ?? new Uint8Array(), { level: 9 }).length;
    return bytes < MOST_MODULE_BYTES ? [] : [`it has ${bytes} bytes`];
  }),
];

interface PluginJson {
  id?: unknown;
  type?: unknown;
  name?: unknown;
  info?: {
    version?: unknown;
    description?: unknown;
    updated?: unknown;
    author?: { name?: unknown };
    keywords?: unknown;
    logos?: Record<string, string>;
    screenshots?: Array<{ path: string }>;
  };
  dependencies?: { grafanaDependency?: unknown };
}

function rule(name: string, broken: Rule['broken']): Rule {
  return { name, broken };
}

function pluginJson(files: Package): PluginJson {
  const source = decode(files.get('plugin.json'));
  return source === '' ? {} : (JSON.parse(source) as PluginJson);
}

function logosOf({ info }: PluginJson): string[] {
  return [...new Set(Object.values(info?.logos ?? {}))];
}

function imagesOf(plugin: PluginJson): string[] {
  return [...logosOf(plugin), ...(plugin.info?.screenshots ?? []).map(({ path }) => path)];
}

function keywordsOf(info: PluginJson['info']): number {
  return Array.isArray(info?.keywords) ? info.keywords.length : 0;
}

function moduleText(files: Package): string {
  return decode(files.get('module.js'));
}

function decode(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
