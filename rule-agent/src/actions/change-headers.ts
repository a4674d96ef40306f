/** Gives the token of the leader, where there are several agents. */
export type Fence = () => number | undefined;

/** What changing requests carry: the same change twice is told apart by the key, two agents by the token. */
export function changeHeaders(idempotencyKey: string, fence: Fence): Record<string, string> {
  const token = fence();
  return {
    'idempotency-key': idempotencyKey,
    ...(token !== undefined && { 'fencing-token': String(token) }),
  };
}
