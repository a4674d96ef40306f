import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Keys and values that have meant trouble elsewhere. */
const TROUBLE = fc.constantFrom(
  '__proto__',
  'constructor',
  '${',
  '${target.job}',
  '${HOME}',
  '$$',
  '*a',
  '&a',
  '\u0000',
  '\ud800',
  '9'.repeat(400),
  '1e999d',
  '1h30m',
  '0s',
  '* * * * *',
  'http://[::1',
  'file:///etc/passwd',
  'a'.repeat(10_000),
);

const anyJson = fc.oneof(fc.jsonValue(), TROUBLE) as fc.Arbitrary<Json>;

/** JSON texts that are `base` but for one to three places: another value, one more key, one less. */
export function mutated(base: unknown): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'add', 'remove'),
    key: fc.oneof(TROUBLE, fc.string()),
    value: anyJson,
  });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy = structuredClone(base) as Json;
    for (const { at, how, key, value } of changes) {
      const places = placesIn(copy);
      const place = places[at % places.length];
      if (place === undefined) continue;
      const inside = place.holder[place.key];
      if (how === 'remove') Reflect.deleteProperty(place.holder, place.key);
      else if (how === 'add' && typeof inside === 'object' && inside !== null) define(inside, key, value);
      else define(place.holder, place.key, value);
    }
    return JSON.stringify(copy);
  });
}

interface JsonMember {
  holder: Record<string, Json>;
  key: string;
}

function placesIn(json: Json): JsonMember[] {
  if (typeof json !== 'object' || json === null) return [];
  const holder = json as Record<string, Json>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key]!)]);
}

/** `__proto__` as a key of its own, as a parser of YAML or JSON makes it. */
function define(holder: object, key: string, value: Json): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}
