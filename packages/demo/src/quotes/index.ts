export { QuoteDesk, type QuoteRequest, type QuoteView } from './desk.ts';
