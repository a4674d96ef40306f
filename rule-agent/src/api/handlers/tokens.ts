import { toConfiguredTokenShape, toTokenShape } from '../../views/index.ts';
import type { ApiContext } from '../context.ts';
import type { Handlers } from '../handler.ts';
import { issueToken } from '../issue-token.ts';
import { noteWith } from '../note.ts';
import { conflict, notFound } from '../problems.ts';
import { endOf } from './pauses.ts';

/** Who may use the API. The secret of a token is shown once; what is kept is its hash. */
export function tokenHandlers(
  context: ApiContext,
): Pick<Handlers, 'listTokens' | 'createToken' | 'revokeToken'> {
  const { history, clock, configuredTokens } = context;
  const note = noteWith(context);
  return {
    listTokens() {
      const issued = [...history().tokens.values()].map(toTokenShape);
      return { body: { items: [...configuredTokens.map(toConfiguredTokenShape), ...issued] } };
    },
    async createToken({ body: { name, role, expires_in: expiresIn }, caller: createdBy }) {
      const nowMs = clock.now();
      const expiry = expiresIn === undefined ? {} : { expiresAt: endOf(expiresIn, nowMs, 'expires_in') };
      const { secret, event } = issueToken({ name, role, createdBy, nowMs, ...expiry });
      await note(() => {
        requireFreeName(context, name);
        return event;
      });
      const body = { ...toTokenShape(event.token), token: secret };
      return { status: 201, headers: { 'Cache-Control': 'no-store' }, body };
    },
    async revokeToken({ path: { id }, caller: by }) {
      await note(() => {
        const token = history().tokens.get(id);
        if (token === undefined) throw notFound(`there is no token ${id} that could be revoked`);
        return { kind: 'token_revoked', at: clock.now(), id, name: token.name, by };
      });
      return {};
    },
  };
}

/** Names stand for people in the journal and in approvals: no two tokens have the same. */
function requireFreeName({ history, configuredTokens }: ApiContext, name: string): void {
  const names = [...configuredTokens, ...history().tokens.values()].map((token) => token.name);
  if (names.includes(name)) {
    throw conflict('TOKEN_NAME_TAKEN', `there is a token ${name}; revoke it first, or take another name`);
  }
}
