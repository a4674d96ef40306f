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
  /** Beside one another; each is done in its order. */
  lanes: Step[][];
  clear: () => Promise<void>;
}

const SOURCES = ['packages', 'exporter', 'rule-agent', 'provisioning', 'grafana-plugin/src', 'test'];

/** All steps; the configs that Prometheus' own tools look at are written to a temporary directory first. */
export async function planSteps(): Promise<StepPlan> {
  const directory = await mkdtemp(join(tmpdir(), 'evenkeel-check-'));
  const configs = await writeNativeConfigs(directory);
  const [promtool, amtool] = await Promise.all([tool('promtool'), tool('amtool')]);
  return {
    lanes: [
      [
        script('types', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']),
        script('lint', 'eslint/bin/eslint.js', ['--max-warnings=0', '.']),
        script('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
        script('arrows', 'dependency-cruiser/bin/dependency-cruiser.mjs', [
          '--config',
          '.dependency-cruiser.cjs',
          ...SOURCES,
        ]),
        own('generated files', 'provisioning/src/main.ts', ['--check']),
        own("what the agent's pages are generated from", 'rule-agent/generate.ts', ['--check']),
        own('queries and dashboards', 'provisioning/src/lint/main.ts', []),
        { name: 'prometheus rules', command: promtool, args: ['check', 'rules', ...ruleFiles()] },
        { name: 'prometheus config', command: promtool, args: ['check', 'config', configs.prometheus] },
        {
          name: 'prometheus config of compose',
          command: promtool,
          args: ['check', 'config', '--syntax-only', 'provisioning/compose/prometheus.yml'],
        },
        {
          name: 'alertmanager configs',
          command: amtool,
          args: ['check-config', configs.alertmanager, 'provisioning/compose/alertmanager.yml'],
        },
      ],
      panelSteps(),
    ],
    clear: () => rm(directory, { recursive: true, force: true }),
  };
}

/** The panel is built and checked by its own tools, of the versions that Grafana pins; what was built is then looked at. */
function panelSteps(): Step[] {
  const tool = (name: string, file: string, args: readonly string[]): Step => ({
    ...script(name, file, args),
    cwd: 'grafana-plugin',
  });
  return [
    tool('panel: types', 'typescript/bin/tsc', ['--noEmit']),
    tool('panel: lint', 'eslint/bin/eslint.js', ['--max-warnings=0', '.']),
    tool('panel: format', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
    tool('panel: build', 'webpack-cli/bin/cli.js', ['-c', './webpack.config.ts', '--env', 'production']),
    { ...own('panel: package', 'packaging/main.ts', ['--check']), cwd: 'grafana-plugin' },
  ];
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
