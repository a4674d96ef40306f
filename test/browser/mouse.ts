import type { Locator } from 'playwright-core';

/** Moves the mouse to a point of something, given as a share of its width, in the middle of its height. */
export async function pointAt(target: Locator, share: number): Promise<void> {
  const { x, y, width, height } = (await target.boundingBox())!;
  await target.page().mouse.move(x + width * share, y + height / 2, { steps: 5 });
}

/** Draws over a part of something with the button held, from left to right. */
export async function drawOver(target: Locator, [from, to]: readonly [number, number]): Promise<void> {
  const { mouse } = target.page();
  await pointAt(target, from);
  await mouse.down();
  await pointAt(target, to);
  await mouse.up();
}
