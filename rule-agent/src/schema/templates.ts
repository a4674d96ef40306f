import { z } from 'zod';
import { hasPlaceholder, labelsIn, readsFrom, templateMistake, withPlaceholders } from '../model/template.ts';
import { reportIssue } from './issues.ts';

/** Text without placeholders: they are understood in few places, and refused everywhere else. */
export const plainText = z
  .string()
  .min(1)
  .refine((text) => !hasPlaceholder(text), 'placeholders cannot stand here');

/** A value that is compared with or sent as it is. */
export const scalar = z.union([z.number(), z.boolean(), plainText]);

/** Text that may hold placeholders. */
export const template = z.string().superRefine((text, context) => {
  const mistake = templateMistake(text);
  if (mistake !== undefined) reportIssue(context, [], mistake);
});

/** Text that may hold placeholders, where nothing was read beforehand that `${from}` could stand for. */
export const textTemplate = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const mistake = readsFrom(text) ? '${from} has no value here' : templateMistake(text);
    if (mistake !== undefined) reportIssue(context, [], mistake);
  });

// RFC 3986: pchar without percent-encoding, which would hide what a path is.
const SEGMENTS = /^(\/[A-Za-z0-9\-._~!$&'()*+,;=:@]*)+$/;

export const pathTemplate = template.refine(
  (path) => SEGMENTS.test(withPlaceholders(path, 'x')) && !/(^|\/)\.{1,2}(\/|$)/.test(path),
  'expected a path such as /caches/${target.site}, without a query, dots or percent signs',
);

/** Any JSON; its strings may hold placeholders, its keys not. */
export const jsonTemplate = z.unknown().superRefine((json, context) => {
  for (const { path, text, isKey } of textsIn(json)) {
    const mistake =
      isKey && hasPlaceholder(text) ? 'placeholders cannot stand in a key' : templateMistake(text);
    if (mistake !== undefined) reportIssue(context, path, mistake);
  }
});

interface TextAt {
  path: PropertyKey[];
  text: string;
  isKey: boolean;
}

/** All text in a JSON value, keys included, with where it stands. */
export function textsIn(json: unknown, path: PropertyKey[] = []): TextAt[] {
  if (typeof json === 'string') return [{ path, text: json, isKey: false }];
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [
    { path: [...path, key], text: key, isKey: true },
    ...textsIn(value, [...path, Array.isArray(json) ? Number(key) : key]),
  ]);
}

/** The labels of the target that the texts of a JSON value read. */
export function labelsInTexts(json: unknown): string[] {
  return [...new Set(textsIn(json).flatMap(({ text }) => labelsIn(text)))].sort();
}

/** `${from}` only has a value in a revert, and only when there is something that reads it. */
export function checkFrom(given: { revert?: unknown; verify?: unknown }, context: z.RefinementCtx): void {
  for (const { path, text } of textsIn(given)) {
    if (!readsFrom(text)) continue;
    if (path[0] !== 'revert') reportIssue(context, path, '${from} can only stand in a revert');
    else if (given.verify === undefined) reportIssue(context, path, '${from} needs a verify that reads it');
  }
}
