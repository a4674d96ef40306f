/** What a router found in a path, by name; several segments for a wildcard. */
export type RouteParams = Readonly<Record<string, string | readonly string[] | undefined>>;

interface Mount {
  /** As it stands in the path of the request. */
  literal: string;
  template: string;
}

const ROOT: Mount = { literal: '', template: '' };

/**
 * The path below which a request is handled, as a template. Express tells it with the values of parameters in it
 * (`req.baseUrl` is `/tenants/acme`), and right before that what it found for them (`req.params` is `{ tenant: 'acme' }`).
 */
export class MountPath {
  readonly #mounts: Mount[] = [ROOT];

  get template(): string {
    return this.#mounts.at(-1)!.template;
  }

  /** Called whenever the path becomes another one: deeper in a router, or back out of it. */
  moveTo(path: string, params: RouteParams): void {
    while (!isBelow(path, this.#mounts.at(-1)!.literal)) this.#mounts.pop();
    const { literal, template } = this.#mounts.at(-1)!;
    if (path === literal) return;
    this.#mounts.push({ literal: path, template: template + toTemplate(path.slice(literal.length), params) });
  }
}

function isBelow(path: string, mount: string): boolean {
  return path === mount || path.startsWith(`${mount}/`);
}

/**
 * Puts names where values stand: first for whole segments, the last one if several are the same, then for parts of the others
 * (`/v2` of `/v:version`).
 */
function toTemplate(path: string, params: RouteParams): string {
  const segments = path.split('/').map(decoded);
  const isNamed = segments.map(() => false);
  const name = (index: number, text: string) => {
    segments[index] = text;
    isNamed[index] = true;
  };
  const parts: [string, string][] = [];
  for (const [key, value] of valuesOf(params)) {
    const index = segments.findLastIndex((segment, at) => segment === value && !isNamed[at]);
    if (index === -1) parts.push([key, value]);
    else name(index, `:${key}`);
  }
  for (const [key, value] of parts) {
    const index = segments.findLastIndex((segment, at) => segment.includes(value) && !isNamed[at]);
    if (index !== -1) segments[index] = segments[index]!.replace(value, `:${key}`);
  }
  return segments.join('/');
}

/** One for each segment that a parameter stands for. */
function valuesOf(params: RouteParams): [string, string][] {
  return Object.entries(params).flatMap(([name, value]) =>
    [value]
      .flat()
      .flatMap((one): [string, string][] =>
        one === undefined || one === '' ? [] : one.split('/').map((segment) => [name, segment]),
      ),
  );
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
