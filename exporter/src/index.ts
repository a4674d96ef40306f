export { type App, type AppOptions, createApp } from './app.ts';
export { readConfig } from './config/load.ts';
export { configSchema, type ExporterConfig } from './config/schema.ts';
