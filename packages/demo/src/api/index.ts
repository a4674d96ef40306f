export { createApi } from './server.ts';
export type { Warehouse } from './warehouse.ts';
