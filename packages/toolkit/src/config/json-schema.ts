import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Making one takes longer than reading a file, and every file with a mistake needs it. */
const MADE = new WeakMap<z.ZodType, JsonSchema>();

/** The JSON Schema of a config, as an editor wants it: of what is written, not of what it becomes. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  const made = MADE.get(schema) ?? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  MADE.set(schema, made);
  return made;
}

/** The forms that a place may take: itself, or what its unions and references lead to. */
export function alternatives(root: JsonSchema, place: JsonSchema): JsonSchema[] {
  const reference = place.$ref;
  if (typeof reference === 'string') {
    const name = reference.split('/').at(-1) ?? '';
    const target = (root.$defs as Record<string, JsonSchema> | undefined)?.[name];
    return target === undefined ? [] : alternatives(root, target);
  }
  const branches = (place.anyOf ?? place.oneOf ?? place.allOf) as JsonSchema[] | undefined;
  return branches === undefined ? [place] : branches.flatMap((branch) => alternatives(root, branch));
}

export function propertiesOf(place: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return (place.properties as Record<string, JsonSchema> | undefined) ?? {};
}

/** What stands under a name that the schema does not know beforehand, or in a list. */
export function innerOf(place: JsonSchema, key: 'additionalProperties' | 'items'): JsonSchema | undefined {
  const inner = place[key];
  return typeof inner === 'object' && inner !== null ? (inner as JsonSchema) : undefined;
}
