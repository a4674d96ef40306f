/** `TooltipHoverMode.xAll`, a constant enum that @grafana/ui does not export. */
export const HOVER_ALL = 1;

/** The time at the cursor, from the indexes of what each line has there. */
export function timeAt(times: ArrayLike<number>, indexes: ReadonlyArray<number | null>): number | undefined {
  const index = indexes.find((each) => each !== null && each !== undefined);
  return index === undefined || index === null ? undefined : times[index];
}
