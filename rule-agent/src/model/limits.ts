/** The longest window a budget may have: older starts are forgotten. */
export const LONGEST_BUDGET_MS = 86_400_000;

/** The longest time that the guard against flapping may look back. */
export const LONGEST_FLAPPING_MS = 86_400_000;

/** The longest time in which the guard against oscillation may count, and for which it may hold back. */
export const LONGEST_OSCILLATION_MS = 7 * 86_400_000;

/** It may count as many turns; so many moves of one thing are remembered. */
export const MOST_TURNS = 20;
export const MOST_MOVES = 60;

/** The longest time for which a rule rests after a person's no. */
export const LONGEST_VETO_MS = 90 * 86_400_000;

/** No more looks at a firing are kept than this; `for` may ask for as many cycles. */
export const MOST_LOOKS = 100;

/** The longest window of a schedule. */
export const LONGEST_WINDOW_MS = 7 * 86_400_000;

/** The largest share of firings that may be left alone on purpose. */
export const MOST_HELD_OUT = 0.5;

/** Windows of a schedule, or of the maintenance of the agent. */
export const MOST_WINDOWS = 50;

/** Facts of a rule. */
export const MOST_FACTS = 100;

/** Comparisons of a rule, those of `when` and of `clear` each. */
export const MOST_COMPARISONS = 200;

/** Labels of a rule, of its target, and matchers of a silence. */
export const MOST_LABELS = 50;

/** Characters of the name of a rule, a fact, a signal or a label. */
export const LONGEST_NAME = 200;
