-- A fact says whether more facts of its command follow in its stream: a command is one act, and the
-- wall shows a case before and after it, never in the middle. Otherwise log.append stands as it was.
CREATE OR REPLACE FUNCTION log.append(
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
                    ELSE meta || jsonb_build_object('occurred_on', e.day) END
               || CASE WHEN e.stream = lead(e.stream) OVER (ORDER BY e.nth)
                       THEN '{"more": true}'::jsonb ELSE '{}'::jsonb END, at
        FROM unnest(streams, versions, topics, states, positions, ids, days)
             WITH ORDINALITY AS e(stream, version, topic, state, position, id, day, nth)
        ORDER BY e.nth;
    END IF;
END $$;
