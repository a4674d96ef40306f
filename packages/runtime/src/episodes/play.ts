import { alertName, type Signal } from '@evenkeel/signals';
import type { Deployment } from '@evenkeel/provisioning';
import { EvenkeelError, messageOf, systemClock } from '@evenkeel/toolkit';
import { demoSignal } from '../stack/deployment.ts';
import type { Reporter } from '../terminal/reporter.ts';
import type { Episode } from './episode.ts';
import { describeOthers, readProcessorTime } from './processor-time.ts';
import { Sources } from './sources.ts';
import { type Step, takeTogether } from './step.ts';
import { formatValue, Timeline } from './timeline.ts';
import {
  lookForAction,
  lookForAlert,
  lookForDecision,
  lookForOrders,
  lookForSignal,
  lookForVerdict,
  verdictText,
} from './looks.ts';

export interface PlayOptions {
  deployment: Deployment;
  reporter: Reporter;
}

/**
 * Plays one incident on the running system: lets orders flow, breaks something, and waits for alert, decision, action
 * and verdict, each with its deadline.
 *
 * @returns the exit code 0
 * @throws EvenkeelError EPISODE_FAILED naming the step that did not happen, and what was seen instead
 */
export async function playEpisode(episode: Episode, { deployment, reporter }: PlayOptions): Promise<number> {
  const signal = demoSignal(episode.signal);
  const sources = new Sources(deployment);
  const timeline = new Timeline(systemClock, reporter.say);
  reporter.say(`\nEpisode ${episode.name}. ${episode.story}\n`);
  timeline.begin(signal.title);
  for (const together of steps(episode, signal, sources)) {
    const before = readProcessorTime();
    const { done, failure } = await takeTogether(together, systemClock);
    for (const event of done) {
      const value = await sources.worst(signal.name, event.atMs).catch(() => undefined);
      timeline.add(event, formatValue(value, signal.unit));
    }
    if (failure !== undefined) throw explained(failure, describeOthers(before, readProcessorTime()));
  }
  reporter.say(`\n${await verdictText(sources, episode.rule)}\n`);
  return 0;
}

/** With what kept the machine busy as the hint, where something did. */
function explained(failure: unknown, hint: string | undefined): unknown {
  if (hint === undefined) return failure;
  return new EvenkeelError('EPISODE_FAILED', messageOf(failure), { cause: failure, hint });
}

/** One after the other; those of one list come in any order. */
function steps(episode: Episode, signal: Signal, sources: Sources): Step[][] {
  const alert = alertName(signal);
  return [
    [
      {
        name: 'orders flow and the signal is calm',
        deadlineMs: 90_000,
        look: lookForOrders(sources, signal),
      },
    ],
    [
      {
        name: `fault ${episode.fault} injected`,
        deadlineMs: 60_000,
        look: async () => {
          await sources.injectFault(episode.fault);
          return { done: `fault ${episode.fault} injected` };
        },
      },
    ],
    [{ name: 'the signal passes its threshold', deadlineMs: 120_000, look: lookForSignal(sources, signal) }],
    // The agent decides by the signal, whether it has heard of the alert or not.
    [
      { name: `the agent hears of ${alert}`, deadlineMs: 60_000, look: lookForAlert(sources, alert) },
      {
        name: `rule ${episode.rule} decides`,
        deadlineMs: 60_000,
        look: lookForDecision(sources, episode.rule),
      },
      { name: `rule ${episode.rule} acts`, deadlineMs: 90_000, look: lookForAction(sources, episode.rule) },
    ],
    [
      {
        name: 'the episode ends with a verdict',
        // A proof by a switchback takes five minutes.
        deadlineMs: 420_000,
        look: lookForVerdict(sources, episode.rule, signal),
      },
    ],
  ];
}
