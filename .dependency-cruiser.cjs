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

// app.ts, cycle.ts, main.ts, index.ts and commands/ see everything in their package; they are in no list.
const folders = {
  'packages/toolkit': ['diagnostics', 'config', 'command-line', 'lifecycle', 'metrics', 'web'],
  'packages/inventory': ['model', 'profiles', 'events'],
  exporter: ['model', 'sources', 'collectors', 'exposition'],
  'rule-agent': [
    'model',
    'schema',
    'http',
    'postgres',
    'actions',
    'config',
    'prometheus',
    'facts',
    'rules',
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
    'rule-tests',
  ],
  provisioning: ['promql', 'catalogue', 'stack', 'dashboards', 'reference', 'lint'],
  'grafana-plugin': ['frames', 'model', 'options', 'view'],
  'packages/runtime': ['parts', 'processes', 'stack', 'terminal', 'episodes'],
};

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
