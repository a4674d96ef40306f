/** Beyond what a person numbers by hand, and short enough for a URL. */
const RANGE = 900_000;
const FIRST = 100_000;

/**
 * The number of a panel, from a name that is unique in its dashboard: it stays when other panels come and go, so links to
 * it go on working. FNV-1a, 32 bits.
 */
export function panelId(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return FIRST + (hash % RANGE);
}
