/** A rule that moves a knob of the target by one whenever it may. */
export interface RuleWithAReason {
  name: string;
  signal: string;
  knob: string;
  /** Lines of its own at the level of its keys: its cooldown, its budget, more. */
  limits: string;
  /** Further facts, `name: { ... }` each. */
  facts?: string;
  /** Further keys of what it expects. */
  expect?: string;
}

/** The rule as an item of `rules:` in YAML; its signal is above 1 all the time. */
export function ruleWithAReason({ name, signal, knob, limits, facts, expect }: RuleWithAReason): string {
  return `
  - name: ${name}
    description: Always has a reason.
    priority: 1
    mode: auto
    when_learning: act
    target: { by: [job], match: { job: warehouse } }
    facts: { ${[`latency: { signal: ${signal} }`, facts].filter(Boolean).join(', ')} }
    when: { fact: latency, operator: greaterThan, value: 1 }
    ${limits}
    action: { knob: { system: target, name: ${knob}, add: 1 } }
    expect: { ${[`signal: ${signal}, direction: lower`, expect].filter(Boolean).join(', ')} }
`;
}
