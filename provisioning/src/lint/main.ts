import { renderDiagnostics } from '@evenkeel/toolkit';
import { lint } from './lint.ts';
import { readProject } from './project.ts';

/** Part of `npm run check`: silent when there are no findings. */
function main(): number {
  const project = readProject();
  const findings = lint(project);
  if (findings.length === 0) return 0;
  const documents = [project.signals, project.rules, ...project.agentRules, ...project.dashboards];
  const sources = new Map(documents.map(({ file, text }) => [file, text]));
  process.stderr.write(`${renderDiagnostics(findings, sources)}\n`);
  return 1;
}

process.exitCode = main();
