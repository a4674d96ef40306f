import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PLUGIN = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const CHECKOUT = join(PLUGIN, '..');
/** Whatever was built, by the hash of what it was built of. */
export const BUILDS = join(CHECKOUT, '.cache', 'preview');
