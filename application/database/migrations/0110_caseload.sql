-- Filters that somebody saved, sealed names; those with stations are shared there by a manager.
CREATE TABLE office.filters (
    id         text COLLATE "C" PRIMARY KEY,
    account    text COLLATE "C" NOT NULL,
    stations   text[] NOT NULL DEFAULT '{}',
    sealed     bytea NOT NULL,
    query      text NOT NULL,
    pinned     boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT log.now()
);
CREATE INDEX filters_account ON office.filters (account);
CREATE INDEX filters_stations ON office.filters USING gin (stations);

-- What a batch did, row by row: the case, and the rule where it was refused. No personal data.
CREATE TABLE office.batches (
    id         text COLLATE "C" NOT NULL,
    account    text COLLATE "C" NOT NULL,
    act        text NOT NULL,
    rows       jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT log.now(),
    PRIMARY KEY (id, account)
);
