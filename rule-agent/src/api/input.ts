import { HttpProblem } from '@evenkeel/toolkit';
import { z } from 'zod';

/** What a client sent, in the shape it must have; otherwise a 422 that names every mistake. */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  throw new HttpProblem({
    status: 422,
    title: 'Input not valid',
    code: 'INPUT_INVALID',
    detail: mistakes
      .map(({ field, message }) => (field === '' ? message : `${field}: ${message}`))
      .join('; '),
    extra: { mistakes },
  });
}

/** `limit` and `cursor` of a list; the cursor is the `next_cursor` of the page before. */
export const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.coerce.number().int().min(1).optional(),
  rule: z.string().max(200).optional(),
});

/** The cursor of the page after this one, or null at the end. */
export function nextCursor(rows: readonly { seq: number }[], limit: number): string | null {
  const last = rows.at(-1);
  return rows.length < limit || last === undefined ? null : String(last.seq);
}
