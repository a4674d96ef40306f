import type { Browser, CDPSession, Page } from 'playwright-core';

/** What the page puts at `window.bench`: grafana-plugin/preview/bench/main.tsx. */
export type Contender = 'trends' | 'entities' | 'whole' | 'charts' | 'nothing';

/** Longer than anything that a contender puts off: observers, throttled events, tooltips. */
const SETTLED_MS = 250;
const MOVES_IN_A_PLOT = 5;
const PREPARED_MS = 50;
const TWO_FRAMES = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
const VIEWPORT = { width: 1_640, height: 940 };

/** Memory of the page's script, elements of its document, and listeners on them. */
export interface Held {
  megabytes: number;
  nodes: number;
  listeners: number;
}

/** The benchmark's page in a tab of its own: nothing has been compiled or drawn in it before. */
export class BenchPage {
  readonly #page: Page;
  readonly #devtools: CDPSession;

  private constructor(page: Page, devtools: CDPSession) {
    this.#page = page;
    this.#devtools = devtools;
  }

  static async open(browser: Browser, url: string): Promise<BenchPage> {
    // The page allows no evaluation of text, by which it is waited for.
    const page = await browser.newPage({ viewport: VIEWPORT, bypassCSP: true });
    const devtools = await page.context().newCDPSession(page);
    // Time that the thread ran, not time by the clock: what else the machine does is not in it.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(url);
    await page.waitForFunction('window.bench !== undefined');
    const bench = new BenchPage(page, devtools);
    await bench.collectGarbage();
    return bench;
  }

  /** Milliseconds that the page's main thread works until all that the call set off is done: script, layout, paint, garbage. */
  async busyMs(call: string): Promise<number> {
    const before = await this.#metric('TaskDuration');
    await this.#page.evaluate(`bench.${call}`);
    await this.#page.waitForTimeout(SETTLED_MS);
    return ((await this.#metric('TaskDuration')) - before) * 1000;
  }

  /** The next data, ready to be shown; what making them took is over when this is. */
  async prepare(): Promise<void> {
    await this.#page.evaluate('bench.prepare()');
    await this.#page.waitForTimeout(PREPARED_MS);
  }

  async refresh(contender: Contender, times: number): Promise<void> {
    for (let time = 0; time < times; time++)
      await this.#page.evaluate(`bench.prepare(), bench.show('${contender}')`);
  }

  /** Each move of the pointer, now and then on to another plot, up to the frame that shows it; none where there is no plot. */
  async hoverMs(moves: number): Promise<number[]> {
    const plots = await this.#page.locator('.u-over').all();
    const each: number[] = [];
    for (let move = 0; plots.length > 0 && move < moves; move++) {
      const plot = Math.floor(move / MOVES_IN_A_PLOT) * MOVES_IN_A_PLOT;
      const box = (await plots[plot % plots.length]!.boundingBox())!;
      const before = await this.#metric('TaskDuration');
      await this.#moveTo(box.x + box.width * (0.1 + (0.8 * move) / moves), box.y + box.height / 2);
      each.push(((await this.#metric('TaskDuration')) - before) * 1000);
    }
    return each;
  }

  /** What is held on to when all garbage is collected. */
  async held(): Promise<Held> {
    await this.#page.waitForTimeout(SETTLED_MS);
    await this.collectGarbage();
    return {
      megabytes: (await this.#metric('JSHeapUsedSize')) / 1e6,
      nodes: await this.#metric('Nodes'),
      listeners: await this.#metric('JSEventListeners'),
    };
  }

  async #moveTo(x: number, y: number): Promise<void> {
    await this.#devtools.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
    await this.#page.evaluate(TWO_FRAMES);
  }

  async collectGarbage(): Promise<void> {
    await this.#devtools.send('HeapProfiler.collectGarbage');
  }

  async close(): Promise<void> {
    await this.#page.close();
  }

  async #metric(wanted: string): Promise<number> {
    const { metrics } = await this.#devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === wanted)!.value;
  }
}
