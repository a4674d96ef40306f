import type { z } from 'zod';
import { alternatives, innerOf, type JsonSchema, propertiesOf, toJsonSchema } from './json-schema.ts';
import { SECRET_FILE_SUFFIX } from './secret-files.ts';

/** A key of a config and the variable of the environment that sets it, for documentation. */
export interface DescribedVariable {
  /** `<name>` stands for a name that the user gives, `0` for the first place in a list. */
  key: string;
  variable: string;
  /** What may be written, such as `text` or `shadow, auto`. */
  value: string;
  default?: string;
  secret: boolean;
}

/** Where a variable leads to in a config. */
export interface Aim {
  path: readonly PropertyKey[];
  /** What the schema says of the value; several where it may take several forms. */
  forms: readonly JsonSchema[];
  /** How many words of the variable were taken for names that the user gives. */
  nameWords: number;
}

/** Names at a path that are in use already: a variable cannot tell `-` from `_`, nor upper case from lower. */
export type KnownNames = (path: readonly PropertyKey[]) => readonly string[];

/** Each word may belong to a name, so that every further one multiplies where a variable may lead to. */
const MOST_WORDS = 40;

/** A place that the user names. */
const A_NAME = '<name>';

interface SchemaNode {
  path: readonly PropertyKey[];
  schema: JsonSchema;
  nameWords: number;
}

/** The names of all keys, wherever they stand, that hold a secret. */
export function secretKeysOf(schema: z.ZodType): string[] {
  const root = toJsonSchema(schema);
  const leaves = leavesOf(root, { path: [], schema: root, nameWords: 0 });
  return [...new Set(leaves.filter((leaf) => isSecret(root, leaf)).map(({ path }) => String(path.at(-1))))];
}

/** Every key that holds a value of its own, in the order of the schema. */
export function describeVariables(schema: z.ZodType, prefix: string): DescribedVariable[] {
  const root = toJsonSchema(schema);
  return leavesOf(root, { path: [], schema: root, nameWords: 0 }).map((leaf) => {
    const [form = {}] = alternatives(root, leaf.schema);
    const preset = leaf.schema.default ?? form.default;
    return {
      key: leaf.path.map(String).join('.'),
      variable: [
        prefix,
        ...leaf.path.flatMap((step) => (step === A_NAME ? '<NAME>' : wordsOf(String(step)))),
      ].join('_'),
      value: alternatives(root, leaf.schema).map(describeForm).join(' or '),
      ...(preset !== undefined && { default: typeof preset === 'string' ? preset : JSON.stringify(preset) }),
      secret: isSecret(root, leaf),
    };
  });
}

/** Where the rest of a variable's name, after the prefix, may lead to; the likeliest first. */
export function findAims(schema: z.ZodType, words: readonly string[], known: KnownNames): Aim[] {
  if (words.length > MOST_WORDS) return [];
  const root = toJsonSchema(schema);
  return aimsAt(root, { path: [], schema: root, nameWords: 0 }, { words, known }).sort(
    (a, b) => a.nameWords - b.nameWords,
  );
}

/** `max_age` and `kubernetes-scale` are MAX AGE and KUBERNETES SCALE. */
export function wordsOf(key: string): string[] {
  return key.toUpperCase().split(/[^A-Z0-9]+/);
}

/** A leaf is a value that is given as a whole: text, a number, a list of such, or anything that the schema leaves open. */
function leavesOf(root: JsonSchema, place: SchemaNode): SchemaNode[] {
  const children = alternatives(root, place.schema).flatMap((form): SchemaNode[] => {
    const record = innerOf(form, 'additionalProperties');
    const items = innerOf(form, 'items');
    return [
      ...Object.entries(propertiesOf(form)).map(([key, child]) => below(place, key, child)),
      ...(record === undefined ? [] : [below(place, A_NAME, record)]),
      ...(items === undefined || isPlain(root, items) ? [] : [below(place, 0, items)]),
    ];
  });
  return children.length === 0 ? [place] : children.flatMap((child) => leavesOf(root, child));
}

interface Rest {
  words: readonly string[];
  known: KnownNames;
}

function aimsAt(root: JsonSchema, place: SchemaNode, { words, known }: Rest): Aim[] {
  const { path, schema, nameWords } = place;
  if (words.length === 0) return [{ path, forms: alternatives(root, schema), nameWords }];
  return alternatives(root, schema)
    .flatMap((form) => [...stepsToKeys(root, place, form), ...stepsToNames(place, form, { words, known })])
    .filter(({ through }) => through.every((word, index) => word === words[index]))
    .flatMap(({ child, through }) => aimsAt(root, child, { words: words.slice(through.length), known }));
}

interface ChildKey {
  child: SchemaNode;
  /** The words of the variable that lead to it. */
  through: readonly string[];
}

function stepsToKeys(root: JsonSchema, place: SchemaNode, form: JsonSchema): ChildKey[] {
  return Object.entries(propertiesOf(form)).flatMap(([key, schema]) => {
    const child = below(place, key, schema);
    const steps = [{ child, through: wordsOf(key) }];
    if (!isSecret(root, child)) return steps;
    const file = key + SECRET_FILE_SUFFIX;
    return [...steps, { child: below(place, file, { type: 'string' }), through: wordsOf(file) }];
  });
}

function stepsToNames(place: SchemaNode, form: JsonSchema, { words, known }: Rest): ChildKey[] {
  const record = innerOf(form, 'additionalProperties');
  const items = innerOf(form, 'items');
  const [number = ''] = words;
  const counts = record === undefined ? [] : words.map((_, index) => index + 1);
  const named = counts.map((count) => {
    const through = words.slice(0, count);
    const child = below(place, nameOf(through, known(place.path)), record!);
    return { child: { ...child, nameWords: place.nameWords + count }, through };
  });
  if (items === undefined || !/^\d{1,4}$/.test(number)) return named;
  return [...named, { child: below(place, Number(number), items), through: [number] }];
}

/** The name in use that is written like this, or the words in lower case with dashes. */
function nameOf(words: readonly string[], known: readonly string[]): string {
  const written = words.join('_');
  return known.find((name) => wordsOf(name).join('_') === written) ?? words.join('-').toLowerCase();
}

function below({ path, nameWords }: SchemaNode, step: PropertyKey, schema: JsonSchema): SchemaNode {
  return { path: [...path, step], schema, nameWords };
}

function isSecret(root: JsonSchema, { schema }: SchemaNode): boolean {
  return [schema, ...alternatives(root, schema)].some(({ writeOnly }) => writeOnly === true);
}

const SCALARS = ['string', 'number', 'integer', 'boolean'];

/** Whether a list holds values that a comma can separate. */
function isPlain(root: JsonSchema, items: JsonSchema): boolean {
  return alternatives(root, items).every(({ type }) =>
    [type].flat().every((one) => SCALARS.includes(String(one))),
  );
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true, false',
  array: 'list, separated by commas',
};

function describeForm({ enum: choices, const: only, type }: JsonSchema): string {
  if (Array.isArray(choices)) return choices.join(', ');
  return only === undefined ? (NAMES[String(type)] ?? 'YAML') : JSON.stringify(only);
}
