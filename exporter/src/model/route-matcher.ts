interface Branch {
  literals: Map<string, Branch>;
  parameter?: Branch;
  /** The template that ends here. */
  template?: string;
  /** The template that takes whatever follows. */
  rest?: string;
}

const TEMPLATE = /^\/(?:(?:[^/:*{}?#\s]+|:\w+|\{\w+\})(?:\/|$))*(?:\*\w*)?$/;

/** Whether a text is a template: segments that stand for themselves, `:name` or `{name}` for one, `*` for the rest. */
export function isRouteTemplate(text: string): boolean {
  return TEMPLATE.test(text);
}

/**
 * Finds the template of a request target (`/orders/7?page=2`, or a whole URL).
 *
 * A segment that stands for itself goes before a parameter, and that before `*`. A slash at the end makes no difference.
 *
 * @returns a function that gives the template as it was written, or undefined where none fits
 */
export function matchRoutes(templates: readonly string[]): (target: string) => string | undefined {
  const root: Branch = { literals: new Map() };
  for (const template of templates) plant(root, template);
  const depth = Math.max(0, ...templates.map((template) => segmentsOf(template).length));
  return (target) => {
    const path = pathOf(target);
    return path === '' ? undefined : find(root, segmentsOf(path, depth + 2), 0);
  };
}

function plant(root: Branch, template: string): void {
  let branch = root;
  for (const segment of segmentsOf(template)) {
    if (segment.startsWith('*')) {
      branch.rest ??= template;
      return;
    }
    branch = /^[:{]/.test(segment)
      ? (branch.parameter ??= { literals: new Map() })
      : childOf(branch, encodeURI(decodeSafely(segment)));
  }
  branch.template ??= template;
}

function childOf({ literals }: Branch, segment: string): Branch {
  const child = literals.get(segment) ?? { literals: new Map<string, Branch>() };
  literals.set(segment, child);
  return child;
}

function find(branch: Branch, segments: readonly string[], index: number): string | undefined {
  const segment = segments[index];
  if (segment === undefined) return branch.template;
  const literal = branch.literals.get(segment);
  const byName = literal && find(literal, segments, index + 1);
  if (byName !== undefined) return byName;
  const byParameter =
    branch.parameter && segment !== '' ? find(branch.parameter, segments, index + 1) : undefined;
  return byParameter ?? branch.rest;
}

/** Of more segments than any template has, no more than `limit` are of interest. */
function segmentsOf(path: string, limit?: number): string[] {
  const inner = path.slice(1, path.length > 1 && path.endsWith('/') ? -1 : undefined);
  return inner === '' ? [] : inner.split('/', limit);
}

function pathOf(target: string): string {
  const start = target.startsWith('/') ? 0 : startOfPath(target);
  const end = target.search(/[?#]/);
  return target.slice(start, end === -1 ? undefined : end);
}

/** A proxy is asked for a whole URL; of anything else that is no path, such as `*`, nothing is left. */
function startOfPath(target: string): number {
  const scheme = target.indexOf('://');
  const slash = scheme === -1 ? -1 : target.indexOf('/', scheme + 3);
  return slash === -1 ? target.length : slash;
}

function decodeSafely(segment: string): string {
  try {
    return decodeURI(segment);
  } catch {
    return segment;
  }
}
