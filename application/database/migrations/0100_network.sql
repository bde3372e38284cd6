-- What hangs and stands in a station: screens and terminals, notices, the review queue, the tally.
-- None of it is a fact of the log (docs/adr/0022, 0023); all of it is the writer's.

-- A screen or a terminal comes in by a token; only its hash is kept.
CREATE TABLE office.devices (
    id         text COLLATE "C" PRIMARY KEY,
    kind       text NOT NULL CHECK (kind IN ('screen', 'terminal')),
    station    text COLLATE "C" NOT NULL,
    name       text NOT NULL,
    contact    text NOT NULL DEFAULT '',
    token_hash bytea NOT NULL CONSTRAINT devices_token UNIQUE,
    made_by    text COLLATE "C" NOT NULL,
    made_at    timestamptz NOT NULL DEFAULT log.now(),
    seen_at    timestamptz,
    ended_at   timestamptz,
    ended_by   text COLLATE "C"
);
CREATE INDEX devices_station ON office.devices (station, kind);

-- Notices of a station for its screens and its public page; they name nobody (T-04).
CREATE TABLE office.notices (
    id       text COLLATE "C" PRIMARY KEY,
    station  text COLLATE "C" NOT NULL,
    title    text NOT NULL,
    body     text NOT NULL DEFAULT '',
    until_on date NOT NULL,
    made_by  text COLLATE "C" NOT NULL,
    made_at  timestamptz NOT NULL DEFAULT log.now(),
    ended_at timestamptz,
    ended_by text COLLATE "C"
);
CREATE INDEX notices_station ON office.notices (station, until_on) WHERE ended_at IS NULL;

-- What terminals append; what was typed is sealed, and wiped when somebody has handled it.
CREATE TABLE office.applications (
    id          uuid PRIMARY KEY,
    station     text COLLATE "C" NOT NULL,
    device      text COLLATE "C" NOT NULL REFERENCES office.devices (id),
    kind        text NOT NULL,
    matter      text NOT NULL DEFAULT '',
    slot        text NOT NULL DEFAULT '',
    day         date NOT NULL,
    number      integer NOT NULL CHECK (number > 0),
    sealed      bytea,
    state       text NOT NULL DEFAULT 'waiting',
    received_at timestamptz NOT NULL DEFAULT log.now(),
    handled_by  text COLLATE "C",
    handled_at  timestamptz,
    reason      text NOT NULL DEFAULT '',
    result      text COLLATE "C" NOT NULL DEFAULT '',
    CONSTRAINT applications_number UNIQUE (station, day, number)
);
CREATE INDEX applications_open ON office.applications (station, received_at)
    WHERE state IN ('waiting', 'booked', 'called');
CREATE INDEX applications_sealed ON office.applications (received_at) WHERE sealed IS NOT NULL;

-- People counted at the door by hand, an hour a row, until the hour becomes one fact.
CREATE TABLE office.tallies (
    station  text COLLATE "C" NOT NULL,
    from_at  timestamptz NOT NULL,
    to_at    timestamptz NOT NULL,
    entered  integer NOT NULL CHECK (entered >= 0),
    trouble  text NOT NULL DEFAULT '',
    PRIMARY KEY (station, from_at)
);
-- A press is counted once, however often its form is sent; rows of closed hours are dropped.
CREATE TABLE office.tally_presses (
    id      uuid PRIMARY KEY,
    station text COLLATE "C" NOT NULL,
    from_at timestamptz NOT NULL
);
CREATE INDEX tally_presses_hour ON office.tally_presses (station, from_at);
