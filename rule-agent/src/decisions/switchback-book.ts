import { formatDuration } from '@evenkeel/toolkit';
import type {
  Decided,
  SwitchbackMeasured,
  SwitchEnded,
  SwitchOutcome,
  SwitchStarted,
} from '../model/event.ts';
import type { OpenEpisode, Switchback } from '../model/history.ts';
import { blockToSwitch } from '../model/next-switch.ts';
import { blockMs, mostLateMs } from '../model/switchback.ts';
import type { HistoryBook } from './history-book.ts';

/** The switchback of an action that was just applied, where it has one: it begins with the action on. */
export function switchbackFrom({ switchbackOrder }: Decided, atMs: number): { switchback?: Switchback } {
  if (switchbackOrder === undefined) return {};
  return { switchback: { startedAtMs: atMs, isOn: true, nextBlock: 0 } };
}

/** What is reverted from now on is what is being sent. */
export function recordSwitchStarted(history: HistoryBook, event: SwitchStarted): void {
  const { to, idempotencyKey, plan } = event;
  change(history, event.episode, ({ switchback, ...episode }) => ({
    ...episode,
    plan,
    switchback: { ...switchback, switching: { to, idempotencyKey, plan } },
  }));
}

export function recordSwitchEnded(history: HistoryBook, event: SwitchEnded): void {
  change(history, event.episode, (episode) => {
    const { switching: _switching, ...before } = episode.switchback;
    const isOn = event.outcome === 'switched' ? event.to === 'on' : before.isOn;
    return { ...episode, switchback: { ...before, isOn, ...afterSwitch(episode, event) } };
  });
}

export function recordSwitchbackMeasured(history: HistoryBook, event: SwitchbackMeasured): void {
  const { judgement, because, at } = event;
  const wantsOn = judgement.verdict !== 'worsened';
  const ended = { atMs: at, judgement, wantsOn, ...(because !== undefined && { because }) };
  change(history, event.episode, (episode) => ({ ...episode, switchback: { ...episode.switchback, ended } }));
}

type Switched = OpenEpisode & { switchback: Switchback };

function change(history: HistoryBook, id: string, make: (episode: Switched) => Switched): void {
  const episode = history.openEpisodes.get(id);
  if (episode?.switchback === undefined) return;
  history.openEpisodes.set(id, make({ ...episode, switchback: episode.switchback }));
}

function afterSwitch({ decided, switchback }: Switched, event: SwitchEnded): Partial<Switchback> {
  const { ended, nextBlock, startedAtMs } = switchback;
  // The last one. It is tried once.
  if (ended !== undefined) return { ended: { ...ended, wantsOn: event.outcome === 'switched' } };
  const block = blockToSwitch(decided, switchback) ?? nextBlock;
  const lateMs = event.at - (startedAtMs + block * blockMs(decided.expect));
  const because = becauseOf(event, lateMs > mostLateMs(decided.expect) ? lateMs : undefined);
  if (because === undefined) return { nextBlock: block + 1 };
  return { ended: { atMs: event.at, because, wantsOn: MAY_GO_ON.includes(event.outcome) } };
}

/** Outcomes that are nobody's no: the switchback is cut short, and the rule goes on as it would without one. */
const MAY_GO_ON: readonly SwitchOutcome[] = ['switched', 'missed'];

/** Why a switchback is cut short by how a switch ended; undefined when it is not. */
function becauseOf(
  { outcome, because = outcome }: SwitchEnded,
  lateMs: number | undefined,
): string | undefined {
  if (outcome !== 'switched') return because;
  return lateMs === undefined ? undefined : `a switch came ${formatDuration(lateMs)} late`;
}
