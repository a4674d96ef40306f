import { type DataFrame, type Field, type Labels } from '@grafana/data';

/** A member of an object, or `expect.signal`: a member of a member. */
export type PathIn<Shape> = {
  [Name in keyof Shape & string]:
    | Name
    | (NonNullable<Shape[Name]> extends readonly unknown[] | string | number | boolean
        ? never
        : `${Name}.${PathIn<NonNullable<Shape[Name]>>}`);
}[keyof Shape & string];

/** The columns of a table by the names of the API. */
export class Columns<Shape> {
  readonly #fields: ReadonlyMap<string, Field>;

  constructor({ fields }: Pick<DataFrame, 'fields'>) {
    this.#fields = new Map(fields.map((field) => [columnName(field.name), field]));
  }

  field(path: PathIn<Shape>): Field | undefined {
    return this.#fields.get(columnName(path));
  }

  has(...paths: Array<PathIn<Shape>>): boolean {
    return paths.every((path) => this.field(path) !== undefined);
  }

  /** A member of a member is a column of its own, or in the column of the whole. */
  cell(path: PathIn<Shape>, row: number): unknown {
    const names = path.split('.');
    for (let depth = names.length; depth > 0; depth--) {
      const field = this.#fields.get(columnName(names.slice(0, depth).join('.')));
      if (field !== undefined) {
        return memberOf(field.values[row], names.slice(depth));
      }
    }
    return undefined;
  }
}

/** `expect.signal` and `Decided at` are `expect_signal` and `decided_at`. */
function columnName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

function memberOf(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((whole, name) => toRecord(whole)?.[name], value);
}

/** An object; the Infinity data source gives it as its JSON. */
function toRecord(value: unknown): Record<string, unknown> | undefined {
  if (typeof value === 'object' && value !== null) {
    return value as Record<string, unknown>;
  }
  return typeof value === 'string' && value.startsWith('{') ? parsed(value) : undefined;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Labels, where a cell holds them. */
export function toLabels(value: unknown): Labels | undefined {
  const record = toRecord(value);
  return record && Object.fromEntries(Object.entries(record).map(([name, part]) => [name, String(part)]));
}

/** Labels become `job=warehouse, site=a`. */
export function toText(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') {
    return undefined;
  }
  const labels = toLabels(value);
  return labels === undefined
    ? String(value)
    : Object.entries(labels)
        .map(([name, part]) => `${name}=${part}`)
        .join(', ');
}
