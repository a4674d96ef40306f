import { execFileSync } from 'node:child_process';
import { type App, configSchema } from '@evenkeel/exporter';
import { findPart } from '@evenkeel/runtime';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseOpenMetrics } from './openmetrics-parser.ts';
import { startExporter } from './started-exporter.ts';

/** As Prometheus asks. */
const ACCEPT = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

describe('the page of an exporter', () => {
  let app: App;
  let url: string;

  beforeEach(async () => {
    const config = configSchema.parse({
      collectors: { hostfacts: false },
      probes: [{ name: 'nothing', url: 'http://127.0.0.1:9/' }],
    });
    const started = await startExporter({ readConfig: () => config });
    app = started.app;
    url = started.metricsUrl;
  });

  afterEach(() => app.stop());

  it('is strict OpenMetrics for who prefers it', async () => {
    const response = await fetch(url, { headers: { accept: ACCEPT } });
    expect(response.headers.get('content-type')).toBe(
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    );
    const families = parseOpenMetrics(await response.text());
    expect(families.get('system_cpu_time_seconds')).toMatchObject({ type: 'counter', unit: 'seconds' });
    expect(families.get('evenkeel_exporter_collector_success')?.series.size).toBeGreaterThan(9);
  });

  it('has the same series in both formats, bounds of histograms aside', async () => {
    const series = async (accept: string) => {
      const text = await (await fetch(url, { headers: { accept } })).text();
      const lines = text.split('\n').filter((line) => line !== '' && !/^#|^nodejs_active/.test(line));
      return new Set(lines.map((line) => line.slice(0, line.lastIndexOf(' ')).replace(/\.0"/g, '"')));
    };
    await series(ACCEPT);
    expect(await series(ACCEPT)).toEqual(await series('text/plain'));
  });

  it('passes promtool in the text format', async () => {
    const promtool = await findPart('promtool');
    const text = await (await fetch(url)).text();
    expect(execFileSync(promtool, ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('');
  });
});

describe('the parser of this test', () => {
  it.each([
    ['# TYPE a gauge\na 1\n', 'EOF'],
    ['# TYPE a_total counter\na_total 1\n# EOF\n', 'not of the family'],
    ['# TYPE a gauge\na 1\na 2\n# EOF\n', 'twice'],
    ['# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n', 'unit'],
    ['# TYPE a counter\na_total -1\n# EOF\n', 'negative'],
    ['# TYPE a gauge\na{b="c",b="d"} 1\n# EOF\n', 'label twice'],
    ['# TYPE a gauge\na{b="c""} 1\n# EOF\n', 'labels'],
    ['# TYPE a histogram\na_bucket{le="1"} 1\n# EOF\n', 'canonical'],
    ['# TYPE a histogram\na_bucket{le="1.0"} 3\na_bucket{le="+Inf"} 1\n# EOF\n', 'order'],
  ])('refuses %j', (page, why) => expect(() => parseOpenMetrics(page)).toThrow(why));
});
