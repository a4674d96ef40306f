/**
 * What brings a journal in PostgreSQL from each version to the next. Only ever add to the end.
 *
 * As in SQLite, whatever can be asked for is computed from the body, which the hash covers.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE events (
    seq bigint PRIMARY KEY,
    once text UNIQUE,
    body text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    kind text NOT NULL GENERATED ALWAYS AS (body::json ->> 'kind') STORED,
    rule text GENERATED ALWAYS AS (body::json ->> 'rule') STORED,
    episode text GENERATED ALWAYS AS (body::json ->> 'episode') STORED,
    at bigint NOT NULL GENERATED ALWAYS AS ((body::json ->> 'at')::bigint) STORED
  );
  CREATE INDEX events_by_kind ON events (kind, seq);
  CREATE INDEX events_by_rule ON events (rule, seq) WHERE rule IS NOT NULL;
  CREATE INDEX events_by_episode ON events (episode, seq) WHERE episode IS NOT NULL;
  CREATE INDEX events_by_time ON events (at);
  CREATE TABLE anchor (
    id integer PRIMARY KEY CHECK (id = 1),
    seq bigint NOT NULL,
    head_hash text NOT NULL,
    state text NOT NULL,
    hash text NOT NULL
  );
  CREATE TABLE heartbeat (id integer PRIMARY KEY CHECK (id = 1), at bigint NOT NULL);
  CREATE TABLE lease (
    id integer PRIMARY KEY CHECK (id = 1),
    holder text NOT NULL,
    url text NOT NULL,
    token bigint NOT NULL,
    expires_at timestamptz NOT NULL
  );
  `,
];
