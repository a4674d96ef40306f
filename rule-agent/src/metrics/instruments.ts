import { Counter, Gauge, type Registry } from 'prom-client';

export interface Instrument {
  name: `evenkeel_agent_${string}`;
  help: string;
  labelNames?: readonly string[];
}

export function counter(registry: Registry, { labelNames = [], ...rest }: Instrument) {
  return new Counter({ ...rest, labelNames: [...labelNames], registers: [registry] });
}

export function gauge(registry: Registry, { labelNames = [], ...rest }: Instrument) {
  return new Gauge({ ...rest, labelNames: [...labelNames], registers: [registry] });
}
