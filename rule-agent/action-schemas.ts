import { stringify } from 'yaml';
import { z } from 'zod';
import type { ActionKind } from './src/actions/kind.ts';

const BEGIN = '    # Made from rule-agent/src/actions/kinds by `npm run generate`; not to be edited.\n';
const END = '    # What follows is written by hand.\n';

/**
 * openapi.yaml with the schemas of the given kinds between its two comments: one for each kind, `Action` as one of them, and
 * `ActionKind` as their names.
 *
 * @throws Error when the comments are gone
 */
export function writeActionSchemas(openapi: string, kinds: readonly ActionKind[]): string {
  const [before, rest] = openapi.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error('openapi.yaml lost its comments around actions');
  const yaml = stringify(actionSchemas(kinds), { singleQuote: true }).replace(/^(?=.)/gm, '    ');
  return before + BEGIN + yaml + END + after;
}

/** The schemas of all kinds, by the name that each has in `components.schemas`. */
export function actionSchemas(kinds: readonly ActionKind[]): Record<string, object> {
  const named = kinds.map((kind) => [schemaName(kind), schemaOf(kind)] as const);
  return {
    ActionKind: { enum: kinds.map(({ name }) => name) },
    Action: { oneOf: named.map(([name]) => ({ $ref: `#/components/schemas/${name}` })) },
    ...Object.fromEntries(named),
  };
}

/** `kubernetes-scale` is KubernetesScaleAction. */
function schemaName({ name }: ActionKind): string {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Action`;
}

function schemaOf({ name, details }: ActionKind): object {
  const { properties = {}, required = [] } = z.toJSONSchema(details.schema);
  return {
    type: 'object',
    required: ['kind', 'system', 'name', ...required],
    properties: {
      kind: { const: name },
      system: { type: 'string' },
      name: { type: 'string' },
      ...properties,
    },
  };
}
