import { getHeapStatistics } from 'node:v8';
import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** Adds the whole V8 heap's limit and use to a registry, read at each scrape. */
export function v8Metrics(registry: Registry): void {
  new Gauge({
    name: 'v8js_memory_heap_limit_bytes',
    help: 'Size that the V8 heap may grow to.',
    registers: [registry],
    collect() {
      this.set(getHeapStatistics().heap_size_limit);
    },
  });
  new Gauge({
    name: 'v8js_memory_heap_used_bytes',
    help: 'Size of the V8 heap that is in use.',
    registers: [registry],
    collect() {
      this.set(getHeapStatistics().used_heap_size);
    },
  });
}
