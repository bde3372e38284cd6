-- Keys of persons and the indexes by which a person is found: for yizhan_keys alone.
-- Beside guard and the projections this is the only place where business rows change: a key that
-- is destroyed is gone, its row stays and says when.

CREATE SCHEMA keys;

CREATE TABLE keys.subject_keys (
    subject      text COLLATE "C" PRIMARY KEY,
    kid          text NOT NULL,             -- which master key wraps it
    wrapped      bytea,
    created_at   timestamptz NOT NULL DEFAULT now(),
    destroyed_at timestamptz,
    CONSTRAINT destroyed_is_gone CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

-- HMACs of ID number, phone, last four; never the values.
CREATE TABLE keys.blind_index (
    kind   text COLLATE "C" NOT NULL,
    digest bytea NOT NULL,
    person text COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, digest, person)
);
CREATE INDEX blind_index_person ON keys.blind_index (person);

GRANT USAGE ON SCHEMA keys TO yizhan_keys;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA keys TO yizhan_keys;
