import { readPackageVersion } from '@evenkeel/toolkit';

/** The version in this package's package.json. */
export function readVersion(): string {
  return readPackageVersion(new URL('../', import.meta.url));
}
