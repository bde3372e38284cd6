-- The event log: facts are added by one function and never changed (architecture.md, 3).
-- Runs as yizhan_owner, who owns everything in here and serves migrations only.

CREATE SCHEMA log;

-- Which log this is, and by which clock it is kept. `clock` = 'test' only in tests and the demo.
CREATE TABLE log.identity (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    system_id uuid NOT NULL DEFAULT gen_random_uuid(),
    clock     text NOT NULL DEFAULT 'system' CHECK (clock IN ('system', 'test')),
    stands_at timestamptz CHECK (stands_at IS NULL OR clock = 'test')
);
INSERT INTO log.identity DEFAULT VALUES;

-- The one clock of `recorded_at`.
CREATE FUNCTION log.now() RETURNS timestamptz LANGUAGE sql STABLE
AS $$ SELECT coalesce(stands_at, pg_catalog.clock_timestamp()) FROM log.identity $$;

-- One row a fact. The names are those of the library's next major version; the case ledger hashes
-- these columns, so none is ever added to the hash or changed.
CREATE TABLE log.events (
    originator_id      text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL CHECK (originator_version > 0),
    topic              text COLLATE "C" NOT NULL,
    state              bytea NOT NULL,
    notification_id    bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
    event_id           uuid NOT NULL,
    metadata           jsonb NOT NULL,
    recorded_at        timestamptz NOT NULL DEFAULT log.now(),
    db_user            name NOT NULL DEFAULT session_user,
    CONSTRAINT events_pkey PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX events_position ON log.events (notification_id);

-- One row a command, so that sending it twice has one effect and one answer.
CREATE TABLE log.commands (
    command_id uuid CONSTRAINT commands_pkey PRIMARY KEY,
    positions  bigint[] NOT NULL,
    result     jsonb NOT NULL
);

-- Up to here nothing can appear any more; the leader moves it, everybody else reads up to it.
CREATE TABLE log.watermark (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    position bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
INSERT INTO log.watermark DEFAULT VALUES;

-- 1497979464 is 'YIZH' in ASCII: writers hold it shared for one statement, the leader drains it.
CREATE FUNCTION log.append(
    command  uuid,
    meta     jsonb,     -- of all facts of the command: command_id, actor, station, occurred_on
    answer   jsonb,     -- what a repeated command is answered with: the streams
    guards   jsonb,     -- see guard.change, in the order of table and key, or NULL
    days     text[],    -- an import gives each fact its own occurred_on, else NULL
    streams  text[], versions bigint[], topics text[], states bytea[], ids uuid[],
    OUT positions bigint[], OUT result jsonb, OUT known boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    n  integer := cardinality(streams);
    at timestamptz;
BEGIN
    -- First of all, before any other lock: a writer that waits for another writer's command row
    -- must not stand behind the leader, who waits for that writer.
    PERFORM pg_advisory_xact_lock_shared(1497979464);
    known := false;
    result := answer;
    IF n = 1 THEN
        positions := ARRAY[nextval('log.events_notification_id_seq')];
    ELSE
        SELECT array_agg(nextval('log.events_notification_id_seq')) INTO positions
        FROM generate_series(1, n);
    END IF;
    INSERT INTO log.commands VALUES (command, positions, answer) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        SELECT true, c.positions, c.result INTO known, positions, result
        FROM log.commands c WHERE c.command_id = command;
        RETURN;
    END IF;
    IF guards IS NOT NULL THEN
        PERFORM guard.change(guards);
    END IF;
    SELECT coalesce(stands_at, clock_timestamp()) INTO at FROM log.identity;
    IF n = 1 AND days IS NULL THEN
        INSERT INTO log.events OVERRIDING SYSTEM VALUE
        VALUES (streams[1], versions[1], topics[1], states[1], positions[1], ids[1], meta, at);
    ELSE
        INSERT INTO log.events OVERRIDING SYSTEM VALUE
        SELECT e.stream, e.version, e.topic, e.state, e.position, e.id,
               CASE WHEN days IS NULL THEN meta
                    ELSE meta || jsonb_build_object('occurred_on', days[e.nth]) END, at
        FROM unnest(streams, versions, topics, states, positions, ids)
             WITH ORDINALITY AS e(stream, version, topic, state, position, id, nth)
        ORDER BY e.nth;
    END IF;
END $$;

-- The clock of a test or demo database. Only its owner sets it; NULL lets it run again.
CREATE FUNCTION log.use_test_clock() RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM log.events) AND (SELECT clock FROM log.identity) = 'system' THEN
        RAISE EXCEPTION 'a log with facts keeps its clock' USING ERRCODE = '42501';
    END IF;
    UPDATE log.identity SET clock = 'test';
END $$;

CREATE FUNCTION log.set_clock(at timestamptz) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE log.identity SET stands_at = at WHERE clock = 'test';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the clock of this log cannot be set' USING ERRCODE = '42501';
    END IF;
END $$;

-- Safety net: whoever should ever insert without log.append still holds the lock of the order.
CREATE FUNCTION log.hold_order() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock_shared(1497979464);
    RETURN NULL;
END $$;

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % of %.% is refused', tg_op, tg_table_schema, tg_table_name
        USING ERRCODE = '42501';
END $$;

CREATE FUNCTION log.only_forward() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NEW.position < OLD.position THEN
        RAISE EXCEPTION 'the watermark only grows' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER hold_order BEFORE INSERT ON log.events
    FOR EACH STATEMENT EXECUTE FUNCTION log.hold_order();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON log.events
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON log.commands
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER refuse_change BEFORE DELETE OR TRUNCATE ON log.watermark
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER only_forward BEFORE UPDATE ON log.watermark
    FOR EACH ROW EXECUTE FUNCTION log.only_forward();
ALTER TABLE log.events ENABLE ALWAYS TRIGGER hold_order;
ALTER TABLE log.events ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE log.commands ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE log.watermark ENABLE ALWAYS TRIGGER refuse_change;
ALTER TABLE log.watermark ENABLE ALWAYS TRIGGER only_forward;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;
GRANT USAGE ON SCHEMA log TO yizhan_writer, yizhan_projector, yizhan_reader, yizhan_keys;
GRANT SELECT ON log.identity TO yizhan_writer, yizhan_projector, yizhan_reader, yizhan_keys;
GRANT EXECUTE ON FUNCTION log.now() TO yizhan_writer, yizhan_projector, yizhan_reader, yizhan_keys;
GRANT SELECT ON log.events, log.commands, log.watermark
    TO yizhan_writer, yizhan_projector, yizhan_reader;
GRANT EXECUTE ON FUNCTION log.append(
    uuid, jsonb, jsonb, jsonb, text[], text[], bigint[], text[], bytea[], uuid[]
) TO yizhan_writer;
GRANT UPDATE (position) ON log.watermark TO yizhan_projector;
GRANT SELECT ON SEQUENCE log.events_notification_id_seq TO yizhan_projector;
