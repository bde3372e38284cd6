-- Tokens of programs that ask the API for an account (reliability.md 9.5): only the hash is kept.
CREATE TABLE office.tokens (
    id         text COLLATE "C" PRIMARY KEY,
    account    text COLLATE "C" NOT NULL,
    name       text NOT NULL,
    hash       bytea NOT NULL UNIQUE,
    writes     boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT log.now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    ended_at   timestamptz
);
CREATE INDEX tokens_account ON office.tokens (account);
