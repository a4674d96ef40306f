/** The codes of profiles and their queries, each with what happened; docs/errors.md says what to do. Codes are stable: add, never rename. */
export const ERROR_CODES = {
  PROFILE_INVALID: 'An inventory profile has mistakes; each is listed with line, column and hint.',
  QUERY_RESULT_INVALID: 'A query gave a value that cannot be read as the number or label it stands for.',
} as const;
