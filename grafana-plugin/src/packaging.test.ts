import { RULES } from '../packaging/rules';

const bytes = (text: string) => new TextEncoder().encode(text);
const PLUGIN = {
  id: 'evenkeel-operations-panel',
  type: 'panel',
  name: 'Operations',
  info: {
    ...{ version: '1.2.3', description: 'What it is', updated: '2026-01-02', author: { name: 'Evenkeel' } },
    ...{ keywords: ['a', 'b'], logos: { small: 'img/logo.svg', large: 'img/logo.svg' }, screenshots: [] },
  },
  dependencies: { grafanaDependency: '>=12.3.0' },
};
const GOOD: Readonly<Record<string, string>> = {
  'plugin.json': JSON.stringify(PLUGIN),
  'module.js': '/* [create-plugin] version: 7.1.7 */ define([])',
  'module.js.map': '{}',
  'README.md': '# Operations\n'.repeat(20),
  'CHANGELOG.md': `# Changelog\n\n## 1.2.3\n\n${'- something\n'.repeat(20)}`,
  LICENSE: 'Apache',
  'img/logo.svg': '<svg></svg>',
};

const brokenBy = (change: Record<string, string | undefined>, version = '1.2.3') => {
  const files = Object.entries({ ...GOOD, ...change }).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, bytes(text)] as const]
  );
  return RULES.flatMap((rule) => rule.broken(new Map(files), { version }).map((what) => `${rule.name}: ${what}`));
};

describe('the rules of the catalogue', () => {
  it('find nothing wrong with a good package', () => {
    expect(brokenBy({})).toEqual([]);
  });

  it.each<[string, Record<string, string | undefined>, RegExp]>([
    ['a missing licence', { LICENSE: undefined }, /LICENSE is missing/],
    [
      'an id that is none of a panel',
      { 'plugin.json': JSON.stringify({ ...PLUGIN, id: 'Evenkeel_Panel' }) },
      /the id names a panel/,
    ],
    ['a module that something else has built', { 'module.js': 'define([])' }, /built by create-plugin/],
    ['a logo that is not there', { 'img/logo.svg': undefined }, /img\/logo.svg is missing/],
    ['a logo that runs a script', { 'img/logo.svg': '<svg><script/></svg>' }, /not a plain SVG/],
    ['text of the template', { 'README.md': `<!-- x -->${GOOD['README.md']}` }, /still has "<!--"/],
    ['a relative link', { 'README.md': `${GOOD['README.md']}[docs](docs/panel.md)` }, /links to docs\/panel.md/],
    ['a file that nobody expects', { 'setup.sh': 'rm' }, /what is setup.sh/],
    ['React inside', { 'module.js': `${GOOD['module.js']} react.production` }, /React is not inside/],
    ['a Grafana of any version', { 'plugin.json': JSON.stringify({ ...PLUGIN, dependencies: {} }) }, /which Grafana/],
    ['a large module', { 'module.js': `${GOOD['module.js']}${noise(90_000)}` }, /under 60 kB/],
  ])('find %s', (_, change, message) => {
    expect(brokenBy(change)).toEqual([expect.stringMatching(message)]);
  });

  it('find a version that differs, in plugin.json and in the changelog', () => {
    expect(brokenBy({}, '1.2.4')).toHaveLength(2);
  });
});

/** Text that gzip cannot make much smaller. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}
