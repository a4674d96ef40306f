import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPart, type ProgramName, writeNativeConfigs } from '@evenkeel/runtime';

/** One thing that `npm run check` asks: a program that is silent and exits 0 when all is well. */
export interface Step {
  name: string;
  command: string;
  args: readonly string[];
  cwd?: string;
}

export interface StepPlan {
  /** Done by as many as there are cores on a small machine: what takes longest stands first. The steps of one list are done in their order. */
  queue: Step[][];
  clear: () => Promise<void>;
}

const PANEL = 'grafana-plugin';
/** Nothing in it decides: what is there only saves work that was done before on the same texts. */
const CACHE = join(import.meta.dirname, '../../.cache/check');
const SOURCES = ['packages', 'exporter', 'rule-agent', 'provisioning', 'grafana-plugin/src', 'test'];

/** All steps; the configs that Prometheus' own tools look at are written to a temporary directory first. */
export async function planSteps(): Promise<StepPlan> {
  const directory = await mkdtemp(join(tmpdir(), 'evenkeel-check-'));
  const configs = await writeNativeConfigs(directory);
  const [promtool, amtool] = await Promise.all([tool('promtool'), tool('amtool')]);
  return {
    queue: [
      [script('lint', 'eslint/bin/eslint.js', ['--max-warnings=0', '.'])],
      [panel('lint', 'eslint/bin/eslint.js', ['--max-warnings=0', '.'])],
      [prettier('format', 'format')],
      [
        script('types', 'typescript/bin/tsc', [
          ...['--noEmit', '-p', 'tsconfig.json', '--incremental'],
          ...['--tsBuildInfoFile', join(CACHE, 'types.tsbuildinfo')],
        ]),
      ],
      // What was built is then looked at.
      [
        panel('build', 'webpack-cli/bin/cli.js', ['-c', './webpack.config.ts', '--env', 'production']),
        { ...own('panel: package', 'packaging/main.ts', ['--check']), cwd: PANEL },
      ],
      [panel('types', 'typescript/bin/tsc', ['--noEmit'])],
      [{ ...prettier('panel: format', 'panel-format'), cwd: PANEL }],
      [
        script('arrows', 'dependency-cruiser/bin/dependency-cruiser.mjs', [
          '--config',
          '.dependency-cruiser.cjs',
          ...SOURCES,
        ]),
      ],
      [own('generated files', 'provisioning/src/main.ts', ['--check'])],
      [own("what the agent's pages are generated from", 'rule-agent/generate.ts', ['--check'])],
      [own('queries and dashboards', 'provisioning/src/lint/main.ts', [])],
      [{ name: 'prometheus rules', command: promtool, args: ['check', 'rules', ...ruleFiles()] }],
      [{ name: 'prometheus config', command: promtool, args: ['check', 'config', configs.prometheus] }],
      [
        {
          name: 'prometheus config of compose',
          command: promtool,
          args: ['check', 'config', '--syntax-only', 'provisioning/compose/prometheus.yml'],
        },
      ],
      [
        {
          name: 'alertmanager configs',
          command: amtool,
          args: ['check-config', configs.alertmanager, 'provisioning/compose/alertmanager.yml'],
        },
      ],
    ],
    clear: () => rm(directory, { recursive: true, force: true }),
  };
}

/** The panel is checked by its own tools, of the versions that Grafana pins. */
function panel(name: string, file: string, args: readonly string[]): Step {
  return { ...script(`panel: ${name}`, file, args), cwd: PANEL };
}

/** A file whose text it has seen, in this version and with these options, is not looked at again. */
function prettier(name: string, cache: string): Step {
  return script(name, 'prettier/bin/prettier.cjs', [
    ...['--check', '--log-level=warn', '--cache', '--cache-strategy=content'],
    `--cache-location=${join(CACHE, cache)}`,
    '.',
  ]);
}

function ruleFiles(): string[] {
  return ['production', 'demo'].map((name) => `provisioning/prometheus/rules/${name}.yml`);
}

function script(name: string, file: string, args: readonly string[]): Step {
  return own(name, join('node_modules', file), args);
}

function own(name: string, file: string, args: readonly string[]): Step {
  return { name, command: process.execPath, args: [file, ...args] };
}

async function tool(name: ProgramName): Promise<string> {
  return findPart(name, { onDownload: (part) => process.stdout.write(`downloading ${part} from Debian\n`) });
}
