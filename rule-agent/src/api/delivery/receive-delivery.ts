import { setImmediate as turn } from 'node:timers/promises';
import { HttpProblem, messageOf } from '@evenkeel/toolkit';
import type { Request, RequestHandler, Response } from 'express';
import { createAlertSplitter, RestTooLarge } from './alert-splitter.ts';
import { type DeliveredAlert, toDeliveredAlert } from './delivered-alert.ts';

/** The alerts of a request, and what is wrong with those that are not taken. */
export interface Delivery {
  alerts: DeliveredAlert[];
  refused: { field: string; message: string }[];
}

const MOST_BYTES = 40 * 1024 * 1024;
const MOST_AT_ONCE = 4;
/** A delivery that comes more slowly than this on average is cut off, so that a few of them do not keep out all others. */
const LEAST_BYTES_A_SECOND = 32 * 1024;
const SLOW_FOR_MS = 10_000;
const LIMITS = { restBytes: 256 * 1024, alertBytes: 256 * 1024 };
/** Others are let work after so much: what is read at once is a matter of the network. */
const BYTES_A_TURN = 64 * 1024;

/**
 * Reads a delivery of Alertmanager while it comes in, alert by alert, so that a storm of them stops nobody. The body of the request is
 * then the payload without its alerts. What is too much is answered so that Alertmanager tries again: at a 413 it gives up.
 */
export function receiveDelivery(): RequestHandler {
  let underWay = 0;
  return async (request, response, next) => {
    if (!request.is('application/json')) {
      next();
      return;
    }
    if (underWay >= MOST_AT_ONCE)
      throw later(response, 'ALERTS_BUSY', `${MOST_AT_ONCE} deliveries are being read already`);
    underWay += 1;
    try {
      const { body, ...delivery } = await read(request, response);
      request.body = body;
      response.locals.delivery = delivery;
    } finally {
      underWay -= 1;
    }
    next();
  };
}

async function read(request: Request, response: Response): Promise<Delivery & { body: unknown }> {
  if (Number(request.get('content-length') ?? 0) > MOST_BYTES) throw tooLarge(response);
  const delivery: Delivery = { alerts: [], refused: [] };
  const splitter = createAlertSplitter(LIMITS, (text) => take(delivery, text));
  let bytes = 0;
  let sinceTurn = 0;
  const watch = cutOffWhenSlow(request, () => bytes);
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > MOST_BYTES) throw tooLarge(response);
      sinceTurn += piece.length;
      if (sinceTurn >= BYTES_A_TURN) {
        sinceTurn = 0;
        await turn();
      }
      orRefused(() => splitter.push(piece));
    }
  } finally {
    clearInterval(watch);
  }
  const body = bytes === 0 ? undefined : parse(splitter.rest());
  return { ...delivery, body };
}

/** Who sends to a connection that is cut sends again, as Alertmanager does after a 503. */
function cutOffWhenSlow(request: Request, bytes: () => number): NodeJS.Timeout {
  const startedMs = performance.now();
  return setInterval(() => {
    const elapsedMs = performance.now() - startedMs;
    if (elapsedMs < SLOW_FOR_MS || bytes() >= (LEAST_BYTES_A_SECOND * elapsedMs) / 1_000) return;
    request.destroy(new Error('the delivery came too slowly'));
  }, 1_000);
}

function take(delivery: Delivery, text: string | undefined): void {
  const index = delivery.alerts.length + delivery.refused.length;
  try {
    if (text === undefined) throw new Error(`larger than ${LIMITS.alertBytes} bytes`);
    delivery.alerts.push(toDeliveredAlert(parse(text)));
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    delivery.refused.push({ field: `alerts.${index}`, message: messageOf(error) });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new HttpProblem({
      status: 400,
      title: 'Bad request',
      code: 'ENTITY_PARSE_FAILED',
      detail: `no JSON: ${messageOf(error)}`,
    });
  }
}

function orRefused(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof RestTooLarge)) throw error;
    throw new HttpProblem({
      status: 422,
      title: 'Input not valid',
      code: 'INPUT_INVALID',
      detail: `there are more than ${LIMITS.restBytes} bytes beside the alerts`,
    });
  }
}

function tooLarge(response: Response): HttpProblem {
  return later(
    response,
    'ALERTS_TOO_LARGE',
    `a delivery has ${MOST_BYTES / 1024 / 1024} MiB at most: set max_alerts of Alertmanager's webhook_config`,
  );
}

/** A 503: Alertmanager tries again, and says in its own metrics that it has to. */
function later(response: Response, code: string, detail: string): HttpProblem {
  response.set({ 'Retry-After': '5', Connection: 'close' });
  return new HttpProblem({ status: 503, title: 'Not taken', code, detail });
}
