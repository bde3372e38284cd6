-- The public progress page: whose page a visitor sees for a quarter of an hour, and every look-up.

CREATE TABLE office.progress_visits (
    token_hash bytea PRIMARY KEY,
    case_id    text COLLATE "C" NOT NULL,
    person     text COLLATE "C" NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX progress_visits_expires ON office.progress_visits (expires_at);

-- Every look-up with its outcome; rows are added and nothing else. A number that is none of ours
-- may be anything that somebody typed, and is not kept.
CREATE TABLE log.lookups (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT log.now(),
    page    text NOT NULL CHECK (page IN ('progress', 'verify')),
    number  text NOT NULL,
    address text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('shown', 'refused', 'waiting')),
    stream  text COLLATE "C" NOT NULL
);
CREATE INDEX lookups_stream ON log.lookups (stream, at);
CREATE INDEX lookups_at ON log.lookups (at);
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON log.lookups
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.lookups ENABLE ALWAYS TRIGGER refuse_change;
GRANT SELECT ON log.lookups TO yizhan_writer, yizhan_reader;
GRANT INSERT (page, number, address, outcome, stream) ON log.lookups TO yizhan_writer;
