export { CarrierClient, CarrierError, CarrierPaused } from './client.ts';
export { createCarrier } from './server.ts';
