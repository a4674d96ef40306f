import { Counter, Gauge, type Registry } from 'prom-client';

/** What the names of all of the agent's own metrics begin with. */
export const PREFIX = 'evenkeel_agent_';

export interface Instrument {
  /** Without the prefix. */
  name: string;
  help: string;
  labelNames?: string[];
}

export function counter(registry: Registry, { name, ...rest }: Instrument) {
  return new Counter({ ...rest, name: PREFIX + name, registers: [registry] });
}

export function gauge(registry: Registry, { name, ...rest }: Instrument) {
  return new Gauge({ ...rest, name: PREFIX + name, registers: [registry] });
}
