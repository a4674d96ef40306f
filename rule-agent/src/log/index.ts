export { announceSources, announceTo } from './announce.ts';
