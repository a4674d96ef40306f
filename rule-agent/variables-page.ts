import { agentVariables } from './src/config/index.ts';

const HEAD = `# The agent's configuration by environment

<!-- Made by \`npm run generate\`; not to be edited. -->

Each key of \`agent.yml\` can be set by a variable of the environment, which goes before the file. What \`agent.example.yml\` says of
a key holds for its variable.

- Text is taken as it is. Numbers, true and false are written as in the file. The values of a list are separated by commas, or written
  as \`[a, b]\`. YAML is anything, as it would stand in the file: \`{ state: cold }\`.
- \`<NAME>\` is a name that you give: \`EVENKEEL_AGENT_SYSTEMS_WAREHOUSE_TIMEOUT=2s\` is \`systems.warehouse.timeout\`. A name that the file
  has already is found by its letters; a new one is written in lower case, with a dash where the variable has \`_\`.
- \`0\` is the first place in a list, \`1\` the second. A variable for a place that the file has changes that one.
- A secret (yes in the last column) may be in a file instead: put \`_FILE\` after the variable's name and the file's name in its value.
- A variable that leads to no key is refused, with the nearest one that exists; one with a value of the wrong kind is refused by its
  name. Left alone are those of the flags, those that the file itself asks for by \`\${NAME}\`, and those that Kubernetes makes for a
  service called \`evenkeel-agent\`.

| key | variable | value | default | secret |
| --- | --- | --- | --- | --- |
`;

/** The page that lists the variables of the configuration. */
export function renderVariablesPage(): string {
  const rows = agentVariables().map(({ key, variable, value, default: preset, secret }) =>
    [code(key), code(variable), value, preset === undefined ? '' : code(preset), secret ? 'yes' : ''].join(
      ' | ',
    ),
  );
  return `${HEAD}${rows.map((row) => `| ${row} |`).join('\n')}\n`;
}

function code(text: string): string {
  return `\`${text}\``;
}
