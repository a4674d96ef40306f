export { BIGINT, createPool, NUMERIC, type PoolOptions } from './pool.ts';
export { committed, type Done, inTransaction, type Transaction } from './transaction.ts';
