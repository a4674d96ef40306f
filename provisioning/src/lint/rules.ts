import type { ConfigDocument, ConfigPath } from '@evenkeel/toolkit';

/** A rule of a Prometheus rule file, with where it stands. */
export interface PlacedRule {
  path: ConfigPath;
  record?: string;
  alert?: string;
  expr: string;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
}

interface RuleFile {
  groups: { rules: Omit<PlacedRule, 'path'>[] }[];
}

/** All rules of the file, in the order in which they are evaluated. */
export function rulesOf(document: ConfigDocument): PlacedRule[] {
  const { groups } = document.yaml.toJS() as RuleFile;
  return groups.flatMap(({ rules }, group) =>
    rules.map((rule, index) => ({ ...rule, path: ['groups', group, 'rules', index] })),
  );
}
