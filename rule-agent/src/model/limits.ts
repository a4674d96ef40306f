/** The longest window a budget may have: older starts are forgotten. */
export const LONGEST_BUDGET_MS = 86_400_000;

/** The longest time that the guard against flapping may look back. */
export const LONGEST_FLAPPING_MS = 86_400_000;

/** No more looks at a firing are kept than this; `for` may ask for as many cycles. */
export const MOST_LOOKS = 100;

/** The longest window of a schedule. */
export const LONGEST_WINDOW_MS = 7 * 86_400_000;
