/** The codes of the exporter, each with what happened; docs/errors.md says what to do. Codes are stable: add, never rename. */
export const ERROR_CODES = {
  QUERY_FAILED: 'A database could not be asked for a query that was typed.',
} as const;
