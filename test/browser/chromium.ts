import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium of the machine; undefined where there is none. It is not unpacked like other parts: it has some 150 packages. */
export async function findChromium(path = process.env.PATH ?? ''): Promise<string | undefined> {
  for (const directory of path.split(delimiter).filter((entry) => entry !== '')) {
    for (const name of NAMES) {
      const file = join(directory, name);
      const isThere = await access(file).then(
        () => true,
        () => false,
      );
      if (isThere) return file;
    }
  }
  return undefined;
}

/** Its sandbox does not run as root; pages here are our own. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

/** Errors on the console of a page and those that nobody catches, from now on, as they come. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  return complaints;
}
