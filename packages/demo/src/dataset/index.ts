export { readDescriptions, readRows, ORDERS_FILE, PRODUCTS_FILE } from './files.ts';
export { groupInvoices, readInvoices, type Invoice } from './invoices.ts';
export { classifyRow, normaliseSku, ROW_CLASSES, type Row, type RowClass } from './row.ts';
export {
  toEvents,
  type AdjustmentEvent,
  type ChargeLine,
  type GoodsLine,
  type OrderEvent,
  type ReturnEvent,
  type WarehouseEvent,
} from './events.ts';
export { readTradingDays, type TradingDay } from './trading-days.ts';
