export interface ReturnedLine {
  sku: string;
  quantity: number;
}

/** A line of an earlier order of the customer. */
export interface CandidateLine {
  order_id: string;
  line_number: number;
  sku: string;
  quantity: number;
  allocated: number;
  shipped: number;
  cancelled: number;
  returned: number;
}

/** What a return does to one line of an earlier order. */
export interface Credit {
  candidate: CandidateLine;
  /** Units that had not left yet. */
  cancelled: number;
  /** Of these, units that were allocated and are free again. */
  released: number;
  /** Units that had left. */
  returned: number;
}

export interface MatchedLine extends ReturnedLine {
  credits: Credit[];
  /** Units that go back into stock: all that had left, orders from before our records included. */
  restocked: number;
}

/**
 * Finds the order lines that returned goods came from: `candidates` in the order to try them, the latest order first.
 *
 * Of a line, what has not left is cancelled, backorders before allocated stock, and only the rest counts as sent back.
 */
export function matchReturn(
  lines: readonly ReturnedLine[],
  candidates: readonly CandidateLine[],
): MatchedLine[] {
  const ledger = new Map(candidates.map((candidate) => [candidate, openBalance(candidate)]));
  return lines.map((line) => {
    let left = line.quantity;
    const credits: Credit[] = [];
    for (const [candidate, balance] of ledger) {
      if (candidate.sku !== line.sku || left === 0) continue;
      const credit = creditFrom(candidate, balance, left);
      left -= credit.cancelled + credit.returned;
      if (credit.cancelled + credit.returned > 0) credits.push(credit);
    }
    return {
      ...line,
      credits,
      restocked: line.quantity - credits.reduce((sum, { cancelled }) => sum + cancelled, 0),
    };
  });
}

interface Balance {
  backordered: number;
  allocated: number;
  returnable: number;
}

function openBalance({ quantity, allocated, shipped, cancelled, returned }: CandidateLine): Balance {
  return {
    backordered: quantity - allocated - shipped - cancelled,
    allocated,
    returnable: shipped - returned,
  };
}

function creditFrom(candidate: CandidateLine, balance: Balance, wanted: number): Credit {
  const fromBackorder = Math.min(wanted, balance.backordered);
  const released = Math.min(wanted - fromBackorder, balance.allocated);
  const returned = Math.min(wanted - fromBackorder - released, balance.returnable);
  balance.backordered -= fromBackorder;
  balance.allocated -= released;
  balance.returnable -= returned;
  return { candidate, cancelled: fromBackorder + released, released, returned };
}
