import type { Page } from 'playwright-core';

/** What has the focus, as a screen reader would say it, and whether it can be seen that it has. */
export interface Stop {
  said: string;
  isVisible: boolean;
}

const MOST_STOPS = 80;

/** The stops of the Tab key from the beginning of the page to its end. */
export async function walk(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let count = 0; count < MOST_STOPS; count++) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop === null) return stops;
    stops.push(stop);
  }
  throw new Error(`the keyboard does not come out again: ${stops.map(({ said }) => said).join(', ')}`);
}

/** Presses Tab until something of a name has the focus. */
export async function tabTo(page: Page, said: RegExp): Promise<void> {
  for (let count = 0; count < MOST_STOPS; count++) {
    await page.keyboard.press('Tab');
    if (said.test((await focused(page))?.said ?? '')) return;
  }
  throw new Error(`Tab does not lead to ${String(said)}`);
}

async function focused(page: Page): Promise<Stop | null> {
  return page.evaluate<Stop | null>(`(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
    const name = element.getAttribute('aria-label') ?? element.innerText;
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    const hasOutline = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && outlineColor !== 'rgba(0, 0, 0, 0)';
    const { width, height } = element.getBoundingClientRect();
    return {
      said: (role + ' ' + name.replace(/\\s+/g, ' ')).trim().slice(0, 60),
      isVisible: (hasOutline || boxShadow !== 'none') && width > 0 && height > 0,
    };
  })()`);
}
