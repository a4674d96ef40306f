import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { v8Metrics } from './v8-metrics.ts';

describe('v8Metrics', () => {
  it('reads the heap at each scrape', async () => {
    const registry = new Registry();
    v8Metrics(registry);
    const text = await registry.metrics();
    const used = Number(/^v8js_memory_heap_used_bytes (\d+)$/m.exec(text)?.[1]);
    const limit = Number(/^v8js_memory_heap_limit_bytes (\d+)$/m.exec(text)?.[1]);
    expect(used).toBeGreaterThan(1_000_000);
    expect(limit).toBeGreaterThan(used);
  });
});
