import { availableParallelism } from 'node:os';

export const KNOB_NAMES = [
  'catalogue_cache_ttl_seconds',
  'pricing_batch_size',
  'pricing_concurrency',
  'carrier_retry_attempts',
  'carrier_breaker_failures',
  'quote_cache_max_entries',
  'reorder_point_multiplier',
  'database_pool_size',
] as const;

export type KnobName = (typeof KNOB_NAMES)[number];

/** A bounded setting that may be moved while the warehouse runs. */
export interface KnobDefinition {
  name: KnobName;
  unit: string;
  min: number;
  max: number;
  default: number;
  /** Whether only whole numbers are taken. */
  integer: boolean;
  description: string;
}

const MOST_PRICING_THREADS = 16;

/** Every knob; the default of pricing_concurrency is the number of cores of this machine. */
export function defineKnobs(cores: number = availableParallelism()): readonly KnobDefinition[] {
  return [
    {
      name: 'catalogue_cache_ttl_seconds',
      unit: 'seconds',
      min: 0,
      max: 3600,
      default: 2,
      integer: true,
      description: 'How long a page of the catalogue is served from the cache before it is read again.',
    },
    {
      name: 'pricing_batch_size',
      unit: 'products',
      min: 1,
      max: 5000,
      default: 1000,
      integer: true,
      description: 'How many products each pricing thread takes a second.',
    },
    {
      name: 'pricing_concurrency',
      unit: 'threads',
      min: 1,
      max: MOST_PRICING_THREADS,
      default: Math.min(MOST_PRICING_THREADS, Math.max(1, cores)),
      integer: true,
      description: 'How many threads compute prices; by default one a core.',
    },
    {
      name: 'carrier_retry_attempts',
      unit: 'attempts',
      min: 0,
      max: 5,
      default: 0,
      integer: true,
      description: 'How often a booking that failed is tried again before the shipment fails.',
    },
    {
      name: 'carrier_breaker_failures',
      unit: 'failures',
      min: 0,
      max: 100,
      default: 0,
      integer: true,
      description: 'After how many failed bookings in a row the carrier is left alone for 5 s; 0 is never.',
    },
    {
      name: 'quote_cache_max_entries',
      unit: 'quotes',
      min: 0,
      max: 100_000,
      default: 0,
      integer: true,
      description: 'How many quotes are kept, the latest used first; 0 is without bound.',
    },
    {
      name: 'reorder_point_multiplier',
      unit: 'ratio',
      min: 0.5,
      max: 5,
      default: 1,
      integer: false,
      description: 'By what every reorder point is multiplied when stock is reviewed.',
    },
    {
      name: 'database_pool_size',
      unit: 'connections',
      min: 2,
      max: 40,
      default: 10,
      integer: true,
      description: 'How many database connections the API uses at most.',
    },
  ];
}

/** What is wrong with a value for a knob, or undefined. */
export function explainValue(knob: KnobDefinition, value: number): string | undefined {
  if (!Number.isFinite(value)) return `${knob.name} is a number`;
  if (knob.integer && !Number.isInteger(value)) return `${knob.name} is a whole number, not ${value}`;
  if (value < knob.min || value > knob.max)
    return `${knob.name} is between ${knob.min} and ${knob.max}, not ${value}`;
  return undefined;
}
