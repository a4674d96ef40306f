import type { NumberChange } from './number-change.ts';

/** A number as its system describes it. */
export interface NumberState {
  value: number;
  min: number;
  max: number;
}

/** The value a change wants, within the bounds. The same as the present value means that nothing is to be done. */
export function aimAt({ change, stronger }: NumberChange, { value, min, max }: NumberState): number {
  // Bounds hold a move back; they never turn it round where the value is beyond them already.
  const clamp = (wanted: number) =>
    wanted < value ? Math.min(value, Math.max(min, wanted)) : Math.max(value, Math.min(max, wanted));
  if ('multiply' in change) return clamp(roundLike(value * change.multiply, { value, min, max }));
  if ('add' in change) return clamp(value + change.add);
  const wanted = clamp(change.set);
  if (stronger === 'higher') return Math.max(value, wanted);
  if (stronger === 'lower') return Math.min(value, wanted);
  return wanted;
}

/** A number whose value and bounds are whole numbers counts something: half a connection is none. */
function roundLike(wanted: number, { value, min, max }: NumberState): number {
  return [value, min, max].every(Number.isInteger) ? Math.round(wanted) : wanted;
}
