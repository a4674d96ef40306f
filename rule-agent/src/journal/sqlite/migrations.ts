/**
 * What brings a journal from each version to the next. Only ever add to the end.
 *
 * Whatever can be asked for is computed from the body, so that the hash over the body covers it too.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    once TEXT UNIQUE,
    body TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    kind TEXT NOT NULL GENERATED ALWAYS AS (body ->> '$.kind') VIRTUAL,
    rule TEXT GENERATED ALWAYS AS (body ->> '$.rule') VIRTUAL,
    episode TEXT GENERATED ALWAYS AS (body ->> '$.episode') VIRTUAL
  ) STRICT;
  CREATE INDEX events_by_kind ON events (kind, seq);
  CREATE INDEX events_by_rule ON events (rule, seq) WHERE rule IS NOT NULL;
  CREATE INDEX events_by_episode ON events (episode, seq) WHERE episode IS NOT NULL;
  CREATE TABLE heartbeat (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
  `,
  `
  CREATE TABLE anchor (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    head_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  `,
];
