import type { Browser, Page } from 'playwright-core';
import type { RecordedPrometheus } from './recorded-prometheus.ts';

export type Theme = 'dark' | 'light';

/** A panel as a dashboard's JSON has it; what is left out is that of the shipped dashboard. */
export interface PanelJson {
  title: string;
  options?: Readonly<Record<string, unknown>>;
  fieldConfig?: object;
  targets?: readonly { refId: string; expr: string; instant?: boolean; format?: string }[];
}

export interface PanelLook {
  panel: PanelJson;
  width: number;
  height: number;
  theme?: Theme;
  /** How much time is shown, as Grafana says it. It ends now, which is the end of the recording. */
  range?: string;
}

/** A page whose clock stands at the end of the recording, in which nothing moves by itself. */
export async function stillPage(browser: Browser, { toMs }: RecordedPrometheus): Promise<Page> {
  const page = await browser.newPage({
    bypassCSP: true,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
  });
  await page.clock.setFixedTime(toMs);
  await page.addInitScript(`addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style');
    style.textContent = '*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }';
    document.head.append(style);
  })`);
  return page;
}

/** Shows one panel as large as the window, and waits until there is nothing left to load or to draw. */
export async function showPanel(page: Page, previewUrl: string, look: PanelLook): Promise<void> {
  const { panel, width, height, theme = 'dark', range = '15m' } = look;
  await page.setViewportSize({ width, height });
  const query = { from: `now-${range}`, to: 'now', refresh: '', theme, panel: JSON.stringify(panel) };
  await page.goto(`${previewUrl}/?${new URLSearchParams(query).toString()}`);
  await page.getByTestId(`panel ${panel.title}`).waitFor();
  await settled(page);
}

/** Answers are there, typefaces are loaded, and two frames have been drawn since. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.getByText('Loading…').first().waitFor({ state: 'detached' });
  await page.evaluate(`document.fonts.ready.then(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )`);
}

const MOST_TRIES = 20;

/** A picture of the page as it is when nothing changes any more: two in a row are the same. */
export async function stillPicture(page: Page): Promise<Buffer> {
  let before = await page.screenshot();
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const picture = await page.screenshot();
    if (picture.equals(before)) return picture;
    before = picture;
  }
  throw new Error('the page does not come to rest');
}
