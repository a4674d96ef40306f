/** The two kinds of SQL that a profile may be written in; MariaDB's is MySQL's. */
export type DialectName = 'postgres' | 'mysql';
