/** `${NAME}` or `${NAME:-fallback}` in a value. */
export interface Reference {
  name: string;
  fallback: string | undefined;
}

// Upper case only: `${target.site}` and other templates of ours pass through untouched.
const BEGINNING = /\$\$|\$\{([A-Z_][A-Z0-9_]*)(:-|\})/g;

/** The texts of a value and the variables between them; `$$` is a plain `$`. Takes time in proportion to the length. */
export function splitReferences(value: string): (string | Reference)[] {
  const parts: (string | Reference)[] = [];
  const lastClose = value.lastIndexOf('}');
  let text = '';
  let at = 0;
  for (const { 0: beginning, 1: name, 2: sign, index } of value.matchAll(BEGINNING)) {
    const isInFallback = index < at;
    if (isInFallback) continue;
    const from = index + beginning.length;
    if (name === undefined) {
      text += `${value.slice(at, index)}$`;
      at = from;
    } else if (sign === '}' || from <= lastClose) {
      const close = sign === '}' ? from - 1 : value.indexOf('}', from);
      const fallback = sign === '}' ? undefined : value.slice(from, close);
      parts.push(text + value.slice(at, index), { name, fallback });
      text = '';
      at = close + 1;
    }
  }
  return [...parts, text + value.slice(at)];
}
