import { expect, it } from '@jest/globals';
import { failuresOf } from './promtool-tests.ts';

/** A host of 2 CPUs and 100 GB that is a quarter busy and half full, and a container with half a CPU and 10 GB on such a one. */
const series = (instance: string, container: Record<string, string>) =>
  Object.entries({
    'system_cpu_time_seconds_total{cpu_mode="idle"': '0+22.5x40',
    'system_cpu_time_seconds_total{cpu_mode="user"': '0+7.5x40',
    'system_cpu_logical_cores{': '2x40',
    'system_memory_limit_bytes{': '100e9x40',
    'system_linux_memory_available_bytes{': '50e9x40',
    ...container,
  }).map(([name, values]) => ({
    series: `${name}${name.endsWith('{') ? '' : ','}instance="${instance}"}`,
    values,
  }));

it('utilization is of the limit of a container where there is one, else of the host', async () => {
  const expected = {
    cpu_utilization: { host: 0.25, container: 0.8 },
    memory_utilization: { host: 0.5, container: 0.9 },
  };
  const failures = await failuresOf({
    interval: '15s',
    input_series: [
      ...series('host', {}),
      ...series('container', {
        'container_cpu_time_seconds_total{cpu_mode="user"': '0+4.5x40',
        'container_cpu_time_seconds_total{cpu_mode="system"': '0+1.5x40',
        'container_cpu_limit{': '0.5x40',
        'container_memory_limit_bytes{': '10e9x40',
        'container_memory_available_bytes{': '1e9x40',
      }),
    ],
    promql_expr_test: Object.entries(expected).map(([signal, values]) => ({
      expr: `round(max by (instance) (evenkeel:signal:value{signal="${signal}"}), 0.001)`,
      eval_time: '10m',
      exp_samples: Object.entries(values).map(([instance, value]) => ({
        labels: `{instance="${instance}"}`,
        value,
      })),
    })),
  });
  expect(failures).toBe('');
});
