const { existsSync, readdirSync } = require('node:fs');
const { dirname, join } = require('node:path');

const root = dirname(module.filename);

// The one-way arrows of the house. A package may import what is listed for it; a folder only what stands to its left.

const packages = {
  // The grammar of durations, which signals have too and which imports nothing.
  'packages/toolkit': ['packages/signals/src/duration'],
  'packages/signals': [],
  'packages/agent-api': [],
  'packages/inventory': ['packages/toolkit'],
  exporter: ['packages/inventory', 'packages/toolkit'],
  'rule-agent': ['packages/agent-api', 'packages/inventory', 'packages/signals', 'packages/toolkit'],
  'packages/demo': ['packages/toolkit', 'exporter/src/middleware'],
  provisioning: ['packages/signals', 'packages/toolkit'],
  // The preview is built by one at a time, as packages are installed.
  'grafana-plugin': ['packages/agent-api', 'packages/signals', 'packages/runtime/while-no-other'],
  'packages/runtime': [
    'packages/agent-api',
    'packages/demo',
    'packages/signals',
    'packages/toolkit',
    'provisioning',
  ],
};

// app.ts, cycle.ts, main.ts, index.ts and these folders see everything in their package; they are in no list.
const seeEverything = ['commands', 'testing'];

const folders = {
  'packages/demo': [
    'database',
    'dataset',
    'postgres',
    'driver',
    'faults',
    'schema',
    'warehouse',
    'carrier',
    'catalogue',
    'knobs',
    'pricing',
    'quotes',
    'api',
  ],
  'packages/toolkit': [
    'diagnostics',
    'threads',
    'network',
    'config',
    'command-line',
    'lifecycle',
    'metrics',
    'web',
    'postgres',
  ],
  'packages/inventory': ['model', 'profiles', 'events'],
  exporter: ['model', 'middleware', 'sources', 'collectors', 'config', 'exposition'],
  'rule-agent': [
    'model',
    'schema',
    'http',
    'actions',
    'config',
    'prometheus',
    'facts',
    'rules',
    'evidence',
    'decisions',
    'verification',
    'journal',
    'views',
    'metrics',
    'log',
    'terminal',
    'loops',
    'api',
    'simulation',
    'replay',
    'rule-tests',
  ],
  provisioning: ['promql', 'catalogue', 'stack', 'dashboards', 'reference', 'lint', 'rule-tests'],
  'grafana-plugin': ['img', 'frames', 'model', 'options', 'view'],
  'packages/runtime': ['parts', 'processes', 'stack', 'terminal', 'episodes'],
};

// A package or a folder that is in no list could import whatever it likes, and nobody would notice.
const forgotten = [
  ...packagesIn('packages')
    .concat(packagesIn('.'))
    .filter((name) => !(name in packages) && name !== 'test'),
  ...Object.keys(packages).flatMap((name) =>
    foldersIn(join(name, 'src'))
      .filter((folder) => !seeEverything.includes(folder) && !folders[name]?.includes(folder))
      .map((folder) => `${name}/src/${folder}`),
  ),
];
if (forgotten.length > 0) {
  throw new Error(
    `in no list of .dependency-cruiser.cjs, so that its arrows are not checked: ${forgotten.join(', ')}`,
  );
}

function foldersIn(directory) {
  const path = join(root, directory);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}

function packagesIn(directory) {
  return foldersIn(directory)
    .filter((name) => existsSync(join(root, directory, name, 'package.json')))
    .map((name) => join(directory, name));
}

const ours = '^(packages/[^/]+|exporter|rule-agent|provisioning|grafana-plugin)/';
const tests = '\\.test\\.tsx?$';
/** A folder, or a file without its ending. */
const startsWith = (paths) => `^(${paths.join('|')})[/.]`;

const packageRules = Object.entries(packages).map(([name, allowed]) => ({
  name: `${name.replace('packages/', '')}-imports-only-what-is-below`,
  severity: 'error',
  from: { path: startsWith([name]), pathNot: tests },
  to: { path: ours, pathNot: startsWith([name, ...allowed]) },
}));

const folderRules = Object.entries(folders).flatMap(([name, order]) =>
  order.slice(0, -1).map((folder, index) => ({
    name: `${name.replace('packages/', '')}-${folder}-looks-left-only`,
    severity: 'error',
    from: { path: `^${name}/src/${folder}/`, pathNot: tests },
    to: { path: startsWith(order.slice(index + 1).map((right) => `${name}/src/${right}`)) },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      // Both are also in what runs in a browser.
      name: 'signals-and-agent-api-are-pure-leaves',
      severity: 'error',
      from: { path: '^packages/(signals|agent-api)/', pathNot: tests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'one-file-knows-the-rules-engine',
      severity: 'error',
      from: { pathNot: ['^rule-agent/src/rules/engine\\.ts$', tests, 'node_modules'] },
      to: { path: 'json-rules-engine' },
    },
    {
      name: 'daemons-start-no-programs',
      severity: 'error',
      from: {
        path: '^(exporter|rule-agent|packages/(agent-api|toolkit|inventory|signals))/src/',
        pathNot: tests,
      },
      to: { path: '^(node:)?child_process$' },
    },
    ...packageRules,
    ...folderRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)\\.cache/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
