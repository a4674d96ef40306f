export { assembleWarehouse, prepareWarehouse, type WarehouseOptions } from './app.ts';
export { createApi, type Warehouse } from './api/index.ts';
export { createCarrier } from './carrier/index.ts';
export { Database } from './database/index.ts';
export { Driver, type DriverOptions } from './driver/index.ts';
export { FAULT_NAMES, type FaultName } from './faults/index.ts';
export { defineKnobs, KNOB_NAMES, type KnobName } from './knobs/index.ts';
