import type { MetricValueWithName, Registry } from 'prom-client';
import type { Family, HistogramFamily, HistogramSample, Labels } from '../model/family.ts';

interface RegistryMetric {
  name: string;
  help: string;
  type: string;
  values: MetricValueWithName<string>[];
}

/** The gauges, counters and histograms of a prom-client registry as families, so that they go through our own writer. */
export async function registryFamilies(registry: Registry): Promise<Family[]> {
  const metrics = (await registry.getMetricsAsJSON()) as unknown as RegistryMetric[];
  return metrics.flatMap((metric) => {
    if (metric.type === 'gauge' || metric.type === 'counter') return [scalar(metric, metric.type)];
    return metric.type === 'histogram' ? [histogram(metric)] : [];
  });
}

function scalar({ name, help, values }: RegistryMetric, type: 'gauge' | 'counter'): Family {
  return {
    name,
    help,
    type,
    samples: values.map(({ labels, value }) => ({ labels: textLabels(labels), value })),
  };
}

/** prom-client gives a histogram's lines; those of one series follow each other, buckets first. */
function histogram({ name, help, values }: RegistryMetric): HistogramFamily {
  const bounds: number[] = [];
  const samples: HistogramSample[] = [];
  let counts: number[] = [];
  let sum = 0;
  for (const { metricName, labels, value } of values) {
    const { le, ...others } = labels;
    if (metricName === `${name}_sum`) sum = value;
    else if (metricName === `${name}_count`) {
      samples.push({ labels: textLabels(others), cumulativeCounts: counts, count: value, sum });
      counts = [];
    } else if (le !== undefined && le !== '+Inf') {
      if (samples.length === 0) bounds.push(Number(le));
      counts.push(value);
    }
  }
  return { name, help, type: 'histogram', bounds, samples };
}

function textLabels(labels: Partial<Record<string, string | number>>): Labels {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}
