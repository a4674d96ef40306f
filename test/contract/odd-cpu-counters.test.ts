import { expect, it } from '@jest/globals';
import { failuresOf } from './promtool-tests.ts';

/** A host of one CPU that is 0.013 busy, seconds at every 15. */
const BUSY = { user: '1000+0.15x200', idle: '900000+14.8x200' };

const counters = (instance: string, modes: Record<string, string>) => [
  ...Object.entries(modes).map(([mode, values]) => ({
    series: `system_cpu_time_seconds_total{cpu_mode="${mode}",instance="${instance}"}`,
    values,
  })),
  { series: `system_cpu_logical_cores{instance="${instance}"}`, values: '1x200' },
];

it('the CPU utilization of odd counters is right, or nobody knows it', async () => {
  const expected = { falls: 0.013, rests: 0.013 };
  const failures = await failuresOf({
    interval: '15s',
    input_series: [
      ...counters('falls', { ...BUSY, iowait: '5482.82x100 5482.81x100' }),
      ...counters('rests', { ...BUSY, iowait: '5482.82x200' }),
      ...counters('zeros', { user: '0x200', idle: '0x200', iowait: '0x200' }),
    ],
    promql_expr_test: [
      {
        expr: 'round(max by (instance) (evenkeel:signal:value{signal="cpu_utilization"}), 0.001)',
        eval_time: '27m',
        exp_samples: Object.entries(expected).map(([instance, value]) => ({
          labels: `{instance="${instance}"}`,
          value,
        })),
      },
      { expr: 'ALERTS{signal="cpu_utilization"}', eval_time: '27m', exp_samples: [] },
    ],
  });
  expect(failures).toBe('');
});
