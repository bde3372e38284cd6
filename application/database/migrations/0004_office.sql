-- What is neither a fact, nor a key, nor derived from facts. Later migrations add columns.

CREATE SCHEMA office;

CREATE TABLE office.credentials (
    account       text COLLATE "C" PRIMARY KEY,
    login         text COLLATE "C" NOT NULL CONSTRAINT credentials_login UNIQUE,
    password_hash text NOT NULL,
    totp_sealed   bytea,
    changed_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE office.sessions (
    token_hash bytea PRIMARY KEY,
    account    text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    language   text NOT NULL DEFAULT 'zh-CN',
    data       jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX sessions_account ON office.sessions (account);
CREATE INDEX sessions_expires ON office.sessions (expires_at);

-- Growing waits after failures, per account and per address.
CREATE TABLE office.waits (
    kind     text COLLATE "C" NOT NULL,
    key      text COLLATE "C" NOT NULL,
    failures integer NOT NULL CHECK (failures >= 0),
    until    timestamptz NOT NULL,
    PRIMARY KEY (kind, key)
);

-- What was typed and not yet recorded, sealed under the key of the account.
CREATE TABLE office.drafts (
    id       text COLLATE "C" PRIMARY KEY,
    account  text COLLATE "C" NOT NULL,
    form     text NOT NULL,
    sealed   bytea NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX drafts_account ON office.drafts (account, form);

-- Long work: imports, rebuilds, exports. `rate` is rows a second.
CREATE TABLE office.jobs (
    id         text COLLATE "C" PRIMARY KEY,
    kind       text NOT NULL,
    account    text COLLATE "C" NOT NULL,
    phase      text NOT NULL DEFAULT '',
    done       bigint NOT NULL DEFAULT 0,
    total      bigint,
    rate       double precision,
    state      text NOT NULL,
    params     jsonb NOT NULL DEFAULT '{}',
    result     jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX jobs_account ON office.jobs (account, created_at);

-- Settings of the place with the day from which each value holds (domain.md, 10).
CREATE TABLE office.settings (
    code       text COLLATE "C" NOT NULL,
    from_on    date NOT NULL,
    value      bigint NOT NULL,
    entered_by text NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (code, from_on)
);

-- The published calendar: days that differ from the week, and the years that are published.
CREATE TABLE office.calendar_days (
    day    date PRIMARY KEY,
    worked boolean NOT NULL
);
CREATE TABLE office.calendar_years (
    year       integer PRIMARY KEY,
    version    integer NOT NULL,
    entered_by text NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT now()
);

-- A search is posted and kept here, so that no personal data stands in a URL.
CREATE TABLE office.searches (
    id         text COLLATE "C" PRIMARY KEY,
    account    text COLLATE "C" NOT NULL,
    sealed     bytea NOT NULL,
    found      text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX searches_created ON office.searches (created_at);

-- Later tables of the office are the writer's too, whoever's migration makes them.
ALTER DEFAULT PRIVILEGES IN SCHEMA office
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO yizhan_writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA office GRANT USAGE, SELECT ON SEQUENCES TO yizhan_writer;
GRANT USAGE ON SCHEMA office TO yizhan_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA office TO yizhan_writer;

-- Who looked at what, never the values; rows are added and nothing else.
CREATE TABLE log.reads (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL DEFAULT log.now(),
    who         text COLLATE "C" NOT NULL,
    role        text NOT NULL,
    station     text COLLATE "C" NOT NULL,
    stream      text COLLATE "C" NOT NULL,  -- the case or person; empty for a search
    field_class text NOT NULL,
    purpose     text NOT NULL,
    route       text NOT NULL,
    outcome     text NOT NULL,
    db_user     name NOT NULL DEFAULT session_user
);
CREATE INDEX reads_stream ON log.reads (stream, at);
CREATE INDEX reads_who ON log.reads (who, at);
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON log.reads
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.reads ENABLE ALWAYS TRIGGER refuse_change;
GRANT SELECT ON log.reads TO yizhan_writer, yizhan_reader;
GRANT INSERT (who, role, station, stream, field_class, purpose, route, outcome)
    ON log.reads TO yizhan_writer;

-- What hangs on the wall: derived from facts, rebuilt at will, the projector's own.
CREATE SCHEMA wall AUTHORIZATION yizhan_projector;
GRANT USAGE ON SCHEMA wall TO yizhan_reader, yizhan_writer;
ALTER DEFAULT PRIVILEGES FOR ROLE yizhan_projector IN SCHEMA wall
    GRANT SELECT ON TABLES TO yizhan_reader, yizhan_writer;
