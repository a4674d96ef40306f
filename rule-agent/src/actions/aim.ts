import type { KnobRequest } from '../model/action-request.ts';

/** A knob as its system describes it. */
export interface KnobState {
  value: number;
  min: number;
  max: number;
}

/** The value a request wants, within the knob's bounds. The same as the present value means that nothing is to be done. */
export function aimAt(
  { change, stronger }: Pick<KnobRequest, 'change' | 'stronger'>,
  { value, min, max }: KnobState,
): number {
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

/** A knob whose value and bounds are whole numbers is one that counts: half a connection is none. */
function roundLike(wanted: number, { value, min, max }: KnobState): number {
  return [value, min, max].every(Number.isInteger) ? Math.round(wanted) : wanted;
}
