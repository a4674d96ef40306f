import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Action, openSystems } from '../src/actions/index.ts';
import { loadAgentConfig } from '../src/config/index.ts';
import type { ActionRequest, Occasion, Plan } from '../src/model/action-request.ts';
import { loadRules } from '../src/rules/index.ts';

const KINDS = join(import.meta.dirname, '../src/actions/kinds');
const START =
  'prometheus: { url: "http://127.0.0.1:1" }\nrules: [rules.yml]\njournal: { path: journal.db }\n';

export interface Example {
  systems: string;
  action: string;
}

/** The two YAML examples in the README.md of a kind, which the page on actions shows. */
export function exampleOf(kind: string, directory = join(KINDS, kind)): Example {
  const readme = readFileSync(join(directory, 'README.md'), 'utf8');
  const [systems, action] = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml!);
  return { systems: systems!, action: action! };
}

export function occasionOf(episode: string, job = 'warehouse'): Occasion {
  return { episode, rule: 'slow-api', target: { job }, firingStart: Date.parse('2026-11-23T12:00:00Z') };
}

/** An action as agent.yml and a rule file make it, with which a test does what a cycle would. */
export class ActionBench {
  readonly directory = mkdtempSync(join(tmpdir(), 'actions-'));
  readonly action: Action;
  readonly request: ActionRequest;
  readonly #close: () => Promise<void>;

  /** @param secrets by the name of their file */
  constructor({ systems, action }: Example, secrets: Readonly<Record<string, string>> = {}) {
    for (const [, file] of systems.matchAll(/_file: ([\w/-]+)/g)) {
      mkdirSync(join(this.directory, dirname(file!)), { recursive: true });
      writeFileSync(join(this.directory, file!), secrets[file!] ?? 'a-secret');
    }
    const file = join(this.directory, 'agent.yml');
    writeFileSync(file, START + systems);
    writeFileSync(join(this.directory, 'rules.yml'), ruleWith(action));
    const loaded = loadAgentConfig(file, {});
    if (!loaded.ok) throw new Error(loaded.text);
    const rules = loadRules({
      globs: ['rules.yml'],
      directory: this.directory,
      systems: loaded.config.systems,
      env: {},
    });
    if (!rules.ok) throw new Error(rules.text);
    this.request = rules.rules[0]!.action;
    const opened = openSystems(loaded.config.systems, { fence: () => 7, now: () => Date.now() });
    this.#close = opened.close;
    this.action = opened.action;
  }

  async planned(episode: string): Promise<Plan> {
    const planned = await this.action.plan(this.request, occasionOf(episode));
    if (planned.kind !== 'change') throw new Error(`${planned.kind}: ${planned.because}`);
    return planned.plan;
  }

  async close(): Promise<void> {
    await this.#close();
    rmSync(this.directory, { recursive: true });
  }
}

function ruleWith(action: string): string {
  const rest = action.replaceAll('\n', '\n    ');
  return `rules:
  - name: slow-api
    description: Requests are slow.
    priority: 1
    target: { by: [job, site], match: { job: warehouse } }
    facts: { latency: { signal: api_latency_p95_seconds } }
    when: { fact: latency, operator: greaterThan, value: 1 }
    expect: { signal: api_latency_p95_seconds, direction: lower }
    ${rest}
`;
}
