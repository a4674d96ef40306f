import { type Express, Router } from 'express';
import { alertRoutes } from './alerts.ts';
import type { ApiContext } from './context.ts';
import { interventionRoutes } from './interventions.ts';
import { pauseRoutes } from './pauses.ts';
import { readRoutes } from './reads.ts';

export { isLoopback } from './access.ts';
export type { ApiContext } from './context.ts';

/** All routes under /api/v1. Reading may be open; writing never is. */
export function mountApi(app: Express, context: ApiContext): void {
  const routes = [readRoutes, pauseRoutes, interventionRoutes, alertRoutes];
  app.use('/api/v1', Router().use(...routes.map((mount) => mount(context))));
}
