/** An alert, as `nameOf` calls it, and why it may fire. */
export type Reasons = Readonly<Record<string, string>>;

/** What follows from a fault when nobody mends it. */
export interface FaultStory {
  fault: string;
  /** The signal whose score it costs, and the domain of that. */
  signal: string;
  domain: 'system' | 'api' | 'inventory';
  /** The alert that must fire. */
  alert: string;
  /** What else may fire: consequences. */
  mayFire: Reasons;
  /** PromQL of what the fault must raise besides, where something else than the fault may cost the signal its score. */
  raises?: string;
  /** Why its alert goes on for long after the fault; the last story only. */
  lasts?: string;
  /** A knob to move for a while when the fault is over, since what it has left behind does not go by itself. */
  mend?: { knob: string; value: number; afterwards: number };
}

/** Supply: what is not there cannot leave in time, and customers are not happy about it. */
const SUPPLY: Reasons = {
  EvenkeelFillRateLow: 'what ran out cannot be filled',
  EvenkeelFillRateUnitsLow: 'large lines run out first',
  EvenkeelOnTimeInFullLow: 'one line of twenty that ran out keeps an order from being full',
  EvenkeelStockOutRatioHigh: 'what ran out stays so until a delivery',
  EvenkeelStockOutBeforeResupply: 'less stock, or more days until there is more',
  EvenkeelCustomerSatisfactionLow: 'late and partial orders are rated so',
};

/** An order that a fault has held up counts when it falls due, a day or two of business later. */
const DUE_LATER = 'pickers wait for the API, and what the story before has held up falls due now';

const SERVICES_AND_HOST: readonly FaultStory[] = [
  {
    fault: 'flaky-carrier',
    signal: 'api_error_ratio',
    domain: 'api',
    alert: 'EvenkeelApiErrorRatioHigh',
    mayFire: { EvenkeelOnTimeInFullLow: 'parcels that were not booked leave later' },
  },
  {
    fault: 'slow-query',
    signal: 'api_latency_p95_seconds',
    domain: 'api',
    alert: 'EvenkeelApiLatencyP95SecondsHigh',
    mayFire: {
      EvenkeelApiErrorRatioHigh: 'what waits too long for a database connection is refused',
      EvenkeelProbeSuccessLow: 'and so is a probe',
      EvenkeelOnTimeInFullLow: 'pickers wait for the API too',
    },
  },
  {
    fault: 'crawler',
    signal: 'service_memory_utilization',
    domain: 'system',
    alert: 'EvenkeelServiceMemoryUtilizationHigh',
    mayFire: {
      EvenkeelApiLatencyP95SecondsHigh: 'a full heap is collected again and again, and the crawler asks too',
      EvenkeelOnTimeInFullLow: DUE_LATER,
    },
    mend: { knob: 'quote_cache_max_entries', value: 100, afterwards: 0 },
  },
  {
    fault: 'repricing-storm',
    signal: 'cpu_utilization',
    domain: 'system',
    alert: 'EvenkeelCpuUtilizationHigh',
    mayFire: {
      EvenkeelApiLatencyP95SecondsHigh: 'the API shares the processors with repricing',
      EvenkeelOnTimeInFullLow: DUE_LATER,
    },
    raises: 'sum(rate(process_cpu_seconds_total{job="warehouse"}[30s]))',
  },
];

const STOCK: readonly FaultStory[] = [
  {
    fault: 'demand-surge',
    signal: 'fill_rate',
    domain: 'inventory',
    alert: 'EvenkeelFillRateLow',
    mayFire: SUPPLY,
    lasts: 'stock is back when the next deliveries are, after days of business',
  },
];

export interface PlayedSystem {
  what: string;
  daysPerMinute: number;
  /** How long nothing may fire before the first fault. */
  quietMs: number;
  stories: readonly FaultStory[];
}

/**
 * Two systems, for the speed. Faults of services need a minute each and no business; in the second week of it, before Christmas,
 * stock runs low by itself, so it may not be played fast then. A shortage needs some days, and must come before that week.
 */
export const SYSTEMS: readonly PlayedSystem[] = [
  { what: 'faults of services and host', daysPerMinute: 1, quietMs: 60_000, stories: SERVICES_AND_HOST },
  { what: 'faults of stock', daysPerMinute: 5, quietMs: 15_000, stories: STOCK },
];

/** Faults that have no story, and what shows them instead. */
export const SHOWN_ELSEWHERE: Reasons = {
  'late-supplier':
    'a delivery that should come after 3 to 15 days comes after 9 to 45, in which the stock that is there sells: half ' +
    'an hour of a demo. packages/demo/src/api/fulfilment.test.ts moves the clock instead and sees the lead time ' +
    'that is recorded; the unit test of EvenkeelStockOutBeforeResupply says what follows from that',
};

/** What fires in every run, quiet or not. */
export const ALWAYS: Reasons = {
  EvenkeelAgentPaused: 'the test pauses the agent, so that it mends nothing',
};

/** Alerts of the host. It does not belong to the demo alone: whatever else runs on it, other tests too, may raise them. */
export const OF_THE_HOST: Reasons = {
  EvenkeelCpuUtilizationHigh: 'others compute',
  EvenkeelMemoryUtilizationHigh: 'others need memory',
  EvenkeelDiskUtilizationHigh: 'the disk was full before',
  EvenkeelDiskFullSoon: 'others write to it',
  'EvenkeelScoreLow system': 'processors, load, memory and disk make up most of it',
};

/** What may fire with any fault, once it is there: both only say that something is unlike before. */
const OF_ANY_FAULT: Reasons = {
  EvenkeelBaselineDeviation:
    'baselines are learnt after 12 minutes, which a slow machine may need for all faults',
  EvenkeelLevelUnusual: 'the same',
};

/** All that may fire while a fault is there: its alert, its consequences, the scores of both. */
export function mayFireWith({ alert, domain, mayFire }: FaultStory): Reasons {
  return {
    [alert]: 'it is the alert of the fault',
    [`EvenkeelScoreLow ${domain}`]: 'it counts the signal',
    'EvenkeelScoreLow total': 'it counts the domain',
    ...(mayFire.EvenkeelOnTimeInFullLow === undefined
      ? {}
      : { 'EvenkeelScoreLow inventory': 'orders are late' }),
    ...(mayFire.EvenkeelApiLatencyP95SecondsHigh === undefined
      ? {}
      : { 'EvenkeelScoreLow api': 'it is slow' }),
    ...mayFire,
    ...OF_ANY_FAULT,
  };
}
