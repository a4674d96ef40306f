import { type Express, Router } from 'express';
import { alertRoutes } from './alerts.ts';
import type { ApiContext } from './context.ts';
import { pauseRoutes } from './pauses.ts';
import { readRoutes } from './reads.ts';

export { isLoopback } from './access.ts';
export type { ApiContext } from './context.ts';

/** All routes under /api/v1. Reading may be open; writing never is. */
export function mountApi(app: Express, context: ApiContext): void {
  app.use('/api/v1', Router().use(readRoutes(context), pauseRoutes(context), alertRoutes(context)));
}
