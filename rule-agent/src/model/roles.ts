/** Who may do what: viewers read, operators pause, admins reload, ingest delivers alerts. */
export const ROLES = ['viewer', 'operator', 'admin', 'ingest'] as const;
export type Role = (typeof ROLES)[number];
