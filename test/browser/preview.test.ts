import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { complaintsOf, findChromium, launchChromium } from './chromium.ts';
import { drawOver } from './mouse.ts';
import { startPreview } from './preview-server.ts';
import { type RecordedPrometheus, startRecordedPrometheus } from './recorded-prometheus.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PICTURES = join(import.meta.dirname, '../../.cache/pictures');
const VIEWS = ['Score', 'Alerts', 'Entities', 'Trends', 'Enhancements'];
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  { width: 420, height: 800 },
];

const executable = await findChromium();
const inChromium = executable === undefined ? describe.skip : describe;
if (executable === undefined) {
  process.stderr.write(
    'The preview is not looked at: there is no chromium on PATH (apt-get install chromium).\n',
  );
}

// On a busy machine Chromium takes its time.
jest.setTimeout(120_000);

let directory: string;
let prometheus: RecordedPrometheus;
let preview: Awaited<ReturnType<typeof startPreview>>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'evenkeel-browser-'));
  prometheus = await startRecordedPrometheus(directory);
  preview = await startPreview({ prometheusUrl: prometheus.url }, directory);
  await mkdir(PICTURES, { recursive: true });
}, 300_000);
afterAll(async () => {
  await preview.stop();
  await prometheus.stop();
  await rm(directory, { recursive: true, force: true });
});

/** The status of a request as a browser would not send it. */
async function statusOf(path: string, options: { method?: string; host?: string } = {}): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const { hostname, port, host } = new URL(preview.url);
  const { method = 'GET' } = options;
  request({ hostname, port, path, method, headers: { host: options.host ?? host } }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  })
    .once('error', reject)
    .end();
  return promise;
}

describe('the preview server', () => {
  it.each([
    ['/api/prometheus/query?query=up', 200],
    ['/api/prometheus/label/site/values', 200],
    ['/api/prometheus/admin/tsdb/snapshot', 404],
    ['/api/prometheus/status/config', 404],
    ['/api/prometheus/query/../status/config', 404],
    ['/api/prometheus/query?query=up&timeout=1s', 400],
    ['/api/agent/episodes?limit=10', 204],
    ['/api/agent/episodes/slow-api-e5d94b07384f/series', 204],
    ['/api/agent/episodes?rule=slow-api', 400],
    ['/api/agent/episodes/slow-api-e5d94b07384f/approve', 404],
    ['/api/agent/tokens', 404],
    ['/api/agent/episodes/..%2ftokens', 404],
    ['/plugin/module.js', 200],
    ['/../../../package.json', 404],
    ['/plugin/..%2f..%2f..%2f..%2fpackage.json', 404],
    ['/dashboards/../agent/rules/slow-api.yml', 404],
  ])('answers %s with %i', async (path, status) => expect(await statusOf(path)).toBe(status));

  it('only reads, and only for this machine', async () => {
    expect(await statusOf('/api/prometheus/query?query=up', { method: 'POST' })).toBe(405);
    expect(await statusOf('/', { host: 'evil.example' })).toBe(421);
  });

  it('lets the page run no scripts but its own', async () => {
    const { headers } = await fetch(preview.url);
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

inChromium('the preview in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium(executable!);
  }, 60_000);
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.newPage({ viewport: SIZES[1]!, bypassCSP: true });
    complaints = complaintsOf(page);
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  const open = async (theme = 'dark') => {
    const { fromMs, toMs } = prometheus;
    await page.goto(`${preview.url}/?from=${fromMs}&to=${toMs}&refresh=&theme=${theme}`);
    for (const view of VIEWS) await panel(view).getByRole('button').first().waitFor();
    await panel('Score')
      .getByText(/of 100|since/)
      .first()
      .waitFor();
  };
  const panel = (title: string) => page.getByTestId(`panel ${title}`);

  describe.each(['dark', 'light'])('%s', (theme) => {
    it.each(SIZES)('shows every view at $width x $height, and nothing beyond its edge', async (size) => {
      await page.setViewportSize(size);
      await open(theme);
      expect(await panel('Alerts').innerText()).toContain('EvenkeelCpuUtilizationHigh');
      expect(await panel('Entities').innerText()).toContain('warehouse');
      await panel('Trends').scrollIntoViewIfNeeded();
      await panel('Trends').locator('canvas').first().waitFor();
      const wide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      expect(wide).toBeLessThanOrEqual(0);
      await page.screenshot({ path: join(PICTURES, `${theme}-${size.width}.png`) });
    });

    it('breaks no rule of axe', async () => {
      await open(theme);
      await page.evaluate(await readFile(AXE, 'utf8'));
      const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
        'axe.run()',
      );
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
    });
  });

  it('zooms by drawing over a trend: the range in the address is the part drawn over', async () => {
    await open();
    await panel('Trends').scrollIntoViewIfNeeded();
    const plot = panel('Trends').locator('.u-over').first();
    await plot.waitFor();
    await drawOver(plot, [0.3, 0.7]);
    await page.waitForURL((url) => Number(url.searchParams.get('from')) > prometheus.fromMs);
    expect(Number(new URL(page.url()).searchParams.get('to'))).toBeLessThan(prometheus.toMs);
  });

  it('turns a view into its table by keyboard', async () => {
    await open();
    await panel('Alerts').getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    await panel('Alerts').getByRole('table').waitFor();
    expect(await panel('Alerts').getByRole('table').innerText()).toContain('EvenkeelCpuUtilizationHigh');
  });
});
