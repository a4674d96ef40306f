import { createHash } from 'node:crypto';

/** How many blocks a switchback may have. With 6 the best of 20 orders is proof at 5 %; with 8 there are 70. */
export const BLOCK_COUNTS = [6, 8] as const;
export type BlockCount = (typeof BLOCK_COUNTS)[number];

/** Block by block, whether the action is on. */
export type SwitchbackOrder = readonly boolean[];

/** Every order in which the action is on in half of the blocks. */
export function ordersOf(blocks: number): SwitchbackOrder[] {
  const bits = Array.from({ length: blocks }, (_, block) => 1 << block);
  return Array.from({ length: 2 ** blocks }, (_, set) => bits.map((bit) => (set & bit) !== 0)).filter(
    (order) => order.filter((isOn) => isOn).length === blocks / 2,
  );
}

/**
 * One of these orders, each with the same probability, by a hash of the key: whoever knows the key can draw it again, and nothing that
 * happens later has a part in it.
 */
export function drawOrder(blocks: BlockCount, key: string): SwitchbackOrder {
  const orders = ordersOf(blocks);
  // 48 bits: how much likelier some orders become by the remainder cannot be noticed.
  const drawn = createHash('sha256').update(`switchback ${key}`).digest().readUIntBE(0, 6);
  return orders[drawn % orders.length]!;
}

interface Times {
  settleMs: number;
  windowMs: number;
  switchback?: BlockCount;
}

/** How long a block lasts: the signal settles, and is then measured. */
export function blockMs({ settleMs, windowMs }: Times): number {
  return settleMs + windowMs;
}

/** For how long an action is watched from when it was applied. */
export function watchedForMs(expect: Times): number {
  return blockMs(expect) * (expect.switchback ?? 1);
}

/**
 * A switch may come so late in its block. The window of a block is measured where it was planned, whatever happened: what is late makes the
 * effect look smaller than it is, by a tenth at most, and never the test wrong.
 */
export function mostLateMs(expect: Times): number {
  return blockMs(expect) / 10;
}
