import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { processMetrics } from './process-metrics.ts';

describe('processMetrics', () => {
  it('has the metrics of the process, and no gauge that is named like a counter', async () => {
    const registry = new Registry();
    processMetrics(registry);
    const text = await registry.metrics();
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text).not.toMatch(/^# TYPE \S+_total gauge$/m);
    expect(text).not.toContain('eventloop_lag');
  });
});
