import { z } from 'zod';
import type { EventRow } from './event-row.ts';
import type { LedgerState } from './ledger.ts';

/** Version of the form below. A file of another version is counted anew. */
export const LEDGER_VERSION = 1;

const integerSchema = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const rowSchema = z.tuple([
  z.string(),
  z.number(),
  z.number(),
  z.array(z.string()),
  z.array(integerSchema),
  z.array(integerSchema.nullable()),
]);
const totalsSchema = z.strictObject({
  labels: z.array(z.string()),
  rows: z.int(),
  amounts: z.array(integerSchema),
  histograms: z.array(z.strictObject({ counts: z.array(z.int()), sum: integerSchema })),
});

const stateSchema = z.strictObject({
  watermark: z.number(),
  clock: z.number().optional(),
  openFrom: z.number(),
  marks: z.array(z.strictObject({ next: integerSchema, watermark: z.number() })),
  hotFrom: z.number(),
  hot: z.array(rowSchema),
  buckets: z.array(
    z.strictObject({ from: z.number().nullable(), to: z.number(), totals: z.array(totalsSchema) }),
  ),
  seen: z.array(rowSchema),
});

/** A ledger's state as JSON text; whole numbers beyond 2^53 are text. */
export function ledgerToJson(state: LedgerState): string {
  const plain = { ...state, hot: rowsOf(state.hot), seen: rowsOf(state.seen) };
  return JSON.stringify(plain, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

/** Reads what `ledgerToJson` wrote. @throws Error for anything else */
export function ledgerFromJson(json: unknown): LedgerState {
  const { hot, seen, clock, ...state } = stateSchema.parse(json);
  return { ...state, clock, hot: toRows(hot), seen: toRows(seen) };
}

function rowsOf(rows: ReadonlyMap<string, EventRow>) {
  return [...rows.values()].map(({ key, changed, period, labels, amounts, observations }) => [
    key,
    changed,
    period,
    labels,
    amounts,
    observations,
  ]);
}

function toRows(rows: readonly z.output<typeof rowSchema>[]): Map<string, EventRow> {
  return new Map(
    rows.map(([key, changed, period, labels, amounts, observations]) => [
      key,
      { key, changed, period, labels, amounts, observations },
    ]),
  );
}
