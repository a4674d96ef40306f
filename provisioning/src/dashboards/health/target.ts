/** What the board's choices select: one job, one instance, or all. */
export const TARGET = 'job=~"$job", instance=~"$instance"';
