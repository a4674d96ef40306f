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
  /** Why it is injected before all other stories, and looked for when its turn comes. What it may fire, it may from then on. */
  takesLong?: string;
  /** Why its alert goes on for long after the fault, while others are told. */
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

/**
 * In the order in which they are told. A surge is told before late suppliers have emptied the shelves; what both leave behind stays for
 * days of business, and faults of services do not mind.
 */
export const STORIES: readonly FaultStory[] = [
  {
    fault: 'demand-surge',
    signal: 'fill_rate',
    domain: 'inventory',
    alert: 'EvenkeelFillRateLow',
    mayFire: SUPPLY,
    lasts: 'stock is back when the next deliveries are, after days of business',
  },
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
    fault: 'late-supplier',
    signal: 'supplier_lead_time_p90_seconds',
    domain: 'inventory',
    alert: 'EvenkeelSupplierLeadTimeP90SecondsHigh',
    mayFire: SUPPLY,
    takesLong:
      'a delivery is counted when it has come: after 9 to 45 days instead of 3 to 15. It is injected in the first days of ' +
      'December and seen in January, when the shop opens again',
    lasts: 'the late deliveries stay in the window, and what is on its way comes late',
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

/** Those that npm test tells, together and beside other tests; each by itself, and that nothing else fires, is for npm run test:long. */
export const THREE_AT_A_TIME: readonly string[] = ['demand-surge', 'flaky-carrier', 'crawler'];

/** Fast enough for deliveries in January after some minutes, and slow enough for pickers on a busy machine. */
export const DAYS_PER_MINUTE = 4;

/** How long nothing may fire before the first fault: longer than a fault needs to its alert, but for the one that takes long. */
export const QUIET_MS = 75_000;

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
