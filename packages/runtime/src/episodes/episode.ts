import { EvenkeelError, suggest } from '@evenkeel/toolkit';

/** A fault of the demo with the signal that it moves, the alert that should fire and the rule that should act. */
export interface Episode {
  name: string;
  /** What breaks, and what the agent should do about it. */
  story: string;
  fault: string;
  signal: string;
  rule: string;
}

export const EPISODES: readonly Episode[] = [
  {
    name: 'slow-api',
    story:
      'The index behind the catalogue is dropped and its table grows. The agent should answer from the cache for longer, and prove that it helps: for five minutes it switches that on and off.',
    fault: 'slow-query',
    signal: 'api_latency_p95_seconds',
    rule: 'slow-api',
  },
  {
    name: 'errors',
    story: 'The carrier fails half of its bookings. The agent should book again before giving up.',
    fault: 'flaky-carrier',
    signal: 'api_error_ratio',
    rule: 'high-error-rate',
  },
  {
    name: 'cpu',
    story: 'The whole catalogue is repriced again and again. The agent should leave repricing one thread.',
    fault: 'repricing-storm',
    signal: 'cpu_utilization',
    rule: 'high-cpu',
  },
  {
    name: 'memory',
    story: 'A crawler fills an unbounded cache of quotes. The agent should bound it.',
    fault: 'crawler',
    signal: 'service_memory_utilization',
    rule: 'high-memory',
  },
];

/** @throws EvenkeelError COMMAND_LINE_INVALID for a name that no episode has */
export function findEpisode(name: string): Episode {
  const episode = EPISODES.find((candidate) => candidate.name === name);
  if (episode !== undefined) return episode;
  const names = EPISODES.map((candidate) => candidate.name);
  const near = suggest(name, names);
  throw new EvenkeelError('COMMAND_LINE_INVALID', `there is no episode ${name}`, {
    hint: near === undefined ? `episodes: ${names.join(', ')}` : `did you mean ${near}?`,
  });
}
