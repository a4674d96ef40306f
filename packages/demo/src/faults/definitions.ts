export const FAULT_NAMES = [
  'slow-query',
  'repricing-storm',
  'flaky-carrier',
  'crawler',
  'demand-surge',
  'late-supplier',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

export const FAULT_DESCRIPTIONS: Readonly<Record<FaultName, string>> = {
  'slow-query':
    "The archive of movements has grown by years and lost its index: the catalogue's popularity reads all of it.",
  'repricing-storm': 'Every second the whole catalogue is to be priced again.',
  'flaky-carrier': 'The carrier refuses every second booking or cuts the connection.',
  crawler:
    'A crawler asks for ever new quotes, which the API keeps. It comes from outside: the driver plays it.',
  'demand-surge': 'Customers order three times as much. It comes from outside: the driver plays it.',
  'late-supplier': 'Suppliers need three times their lead time, for what is on its way too.',
};

export function isFaultName(name: string): name is FaultName {
  return (FAULT_NAMES as readonly string[]).includes(name);
}
