import type { Decided } from './event.ts';
import type { OpenEpisode, Switchback } from './history.ts';
import { blockMs, mostLateMs } from './switchback.ts';

/** A switch that a switchback needs next. */
export interface NextSwitch {
  to: 'on' | 'off';
  /** For which block, from 1 on; absent for the last one, which sets it to where it is to stay. */
  block?: number;
  atMs: number;
  /** How late it may come; the last one, which no block waits for, as late as anything that was decided. */
  mostLateMs?: number;
}

/** Undefined where the action is as all blocks to come need it, or as it is to stay. */
export function nextSwitch({
  decided,
  switchback,
}: Pick<OpenEpisode, 'decided' | 'switchback'>): NextSwitch | undefined {
  if (switchback === undefined) return undefined;
  const { ended, isOn, startedAtMs } = switchback;
  if (ended !== undefined) return ended.wantsOn && !isOn ? { to: 'on', atMs: ended.atMs } : undefined;
  const block = blockToSwitch(decided, switchback);
  if (block === undefined) return undefined;
  return {
    to: isOn ? 'off' : 'on',
    block: block + 1,
    atMs: startedAtMs + block * blockMs(decided.expect),
    mostLateMs: mostLateMs(decided.expect),
  };
}

/** Whether nothing has to be sent any more for the sake of a switchback, and it is known what became of all that was sent. */
export function isAtRest(episode: Pick<OpenEpisode, 'decided' | 'switchback'>): boolean {
  return episode.switchback?.switching === undefined && nextSwitch(episode) === undefined;
}

/** The first block from the next one on that needs the action where it is not. */
export function blockToSwitch(
  { switchbackOrder = [] }: Pick<Decided, 'switchbackOrder'>,
  { nextBlock, isOn }: Pick<Switchback, 'nextBlock' | 'isOn'>,
): number | undefined {
  const block = switchbackOrder.findIndex((wantsOn, at) => at >= nextBlock && wantsOn !== isOn);
  return block === -1 ? undefined : block;
}
