import {
  createWebServer,
  HttpProblem,
  type Logger,
  requireRole,
  type TokenBook,
  type WebServer,
} from '@evenkeel/toolkit';
import express, { type Express } from 'express';
import { z } from 'zod';
import { trackingNumber } from './labels.ts';
import { drawMood } from './temper.ts';

export interface CarrierOptions {
  version: string;
  logger: Logger;
  /** Who may make it flaky. */
  tokens: TokenBook;
  random?: () => number;
}

const CARRIER = 'Severn Parcels';
const LARGEST_BODY = '16kb';

const bookingSchema = z.strictObject({
  reference: z.string().min(1).max(80),
  site: z.string().min(1).max(40),
  country: z.string().min(1).max(60),
  units: z.int().min(1),
});
const faultSchema = z.strictObject({ active: z.boolean() });

/** The carrier: a server of its own that books parcels, and that can be made flaky. */
export function createCarrier(options: CarrierOptions): WebServer {
  const { version, logger } = options;
  return createWebServer({
    name: 'Severn Parcels',
    version,
    description: 'The carrier of the demo warehouse.',
    logger,
    mount: (app) => mountRoutes(app, options),
  });
}

function mountRoutes(app: Express, { tokens, random = Math.random }: CarrierOptions): void {
  let flaky = false;
  app.use(express.json({ limit: LARGEST_BODY }));
  app.post('/bookings', (request, response) => {
    const mood = drawMood(flaky, random);
    if (mood === 'drop') {
      request.socket.destroy();
      return;
    }
    if (mood === 'refuse')
      throw new HttpProblem({ status: 503, title: 'Out of service', code: 'CARRIER_BUSY' });
    const { reference } = parse(bookingSchema, request.body);
    response.status(201).json({ carrier: CARRIER, tracking: trackingNumber(reference) });
  });
  app.get('/faults/flaky-carrier', (_request, response) => void response.json({ active: flaky }));
  app.put('/faults/flaky-carrier', requireRole(tokens, ['admin']), (request, response) => {
    flaky = parse(faultSchema, request.body).active;
    response.json({ active: flaky });
  });
}

function parse<Output>(schema: z.ZodType<Output>, body: unknown): Output {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new HttpProblem({
    status: 400,
    title: 'Bad request',
    code: 'REQUEST_INVALID',
    detail: z.prettifyError(parsed.error),
  });
}
