import type { IssuedToken } from '../model/event.ts';
import type { Role } from '../model/roles.ts';
import { toTime } from './shapes.ts';

/** A token without its hash. */
export function toTokenShape({ id, name, role, createdBy, createdAt, expiresAt }: IssuedToken) {
  return {
    ...{ id, name, role, origin: 'api' as const },
    created_by: createdBy,
    created_at: toTime(createdAt),
    expires_at: toTime(expiresAt),
  };
}

export function toConfiguredTokenShape({ name, role }: { name: string; role: Role }) {
  return {
    ...{ id: null, name, role, origin: 'config' as const },
    ...{ created_by: null, created_at: null, expires_at: null },
  };
}
