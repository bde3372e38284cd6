-- What must be unique across cases. Not part of the log: a function of the facts and of the index
-- keys (application/guards.py), changed by log.append alone, and rebuilt from the log when needed.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE SCHEMA guard;

-- One open case a person (S-02); the key is the blind index of the ID number.
CREATE TABLE guard.open_case (
    id_index bytea CONSTRAINT open_case_pkey PRIMARY KEY,
    stream   text NOT NULL
);
CREATE INDEX open_case_stream ON guard.open_case (stream);

-- A voucher of a payer stands for one payment (D-07).
CREATE TABLE guard.voucher (
    payer   text,
    number  text,
    stream  text NOT NULL,
    payment integer NOT NULL,
    CONSTRAINT voucher_pkey PRIMARY KEY (payer, number)
);
CREATE INDEX voucher_payment ON guard.voucher (stream, payment);

-- Case numbers without gaps (domain.md 9.3).
CREATE TABLE guard.serial (
    county text,
    year   integer,
    kind   text,
    last   integer NOT NULL,
    CONSTRAINT serial_pkey PRIMARY KEY (county, year, kind)
) WITH (fillfactor = 50);

-- A room or a mediator is in one place at a time (D-21); local time of the office.
CREATE TABLE guard.booking (
    resource text NOT NULL,
    period   tsrange NOT NULL,
    stream   text NOT NULL,
    session  integer NOT NULL,
    CONSTRAINT booking_free EXCLUDE USING gist (resource WITH =, period WITH &&)
);
CREATE INDEX booking_session ON guard.booking (stream, session);

-- A row of an old register is imported once (decision 22).
CREATE TABLE guard.source_row (
    identity text CONSTRAINT source_row_pkey PRIMARY KEY,
    stream   text NOT NULL
);

-- Take a list of changes [[what, argument, ...], ...]. What is given back comes before what is
-- taken. `try_` takes what is free and leaves what is not: for imports and for the rebuild.
CREATE FUNCTION guard.change(changes jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    c jsonb;
BEGIN
    FOR c IN SELECT jsonb_array_elements(changes) LOOP
        CASE c->>0
        WHEN 'drop_case' THEN
            DELETE FROM guard.open_case WHERE stream = c->>1;
        WHEN 'drop_voucher' THEN
            DELETE FROM guard.voucher WHERE stream = c->>1 AND payment = (c->>2)::integer;
        WHEN 'drop_booking' THEN
            DELETE FROM guard.booking WHERE stream = c->>1 AND session = (c->>2)::integer;
        WHEN 'take_case' THEN
            INSERT INTO guard.open_case VALUES (decode(c->>1, 'hex'), c->>2);
        WHEN 'try_case' THEN
            INSERT INTO guard.open_case VALUES (decode(c->>1, 'hex'), c->>2) ON CONFLICT DO NOTHING;
        WHEN 'take_voucher' THEN
            INSERT INTO guard.voucher VALUES (c->>1, c->>2, c->>3, (c->>4)::integer);
        WHEN 'try_voucher' THEN
            INSERT INTO guard.voucher VALUES (c->>1, c->>2, c->>3, (c->>4)::integer)
            ON CONFLICT DO NOTHING;
        WHEN 'take_booking' THEN
            INSERT INTO guard.booking
            VALUES (c->>1, tsrange((c->>2)::timestamp, (c->>3)::timestamp), c->>4,
                    (c->>5)::integer);
        WHEN 'try_booking' THEN
            INSERT INTO guard.booking
            VALUES (c->>1, tsrange((c->>2)::timestamp, (c->>3)::timestamp), c->>4,
                    (c->>5)::integer)
            ON CONFLICT DO NOTHING;
        WHEN 'move_serial' THEN
            PERFORM guard.move_serial(c->>1, (c->>2)::integer, c->>3, (c->>4)::integer);
        WHEN 'raise_serial' THEN
            INSERT INTO guard.serial AS s
            VALUES (c->>1, (c->>2)::integer, c->>3, (c->>4)::integer)
            ON CONFLICT (county, year, kind) DO UPDATE SET last = greatest(s.last, EXCLUDED.last);
        WHEN 'take_row' THEN
            INSERT INTO guard.source_row VALUES (c->>1, c->>2);
        WHEN 'try_row' THEN
            INSERT INTO guard.source_row VALUES (c->>1, c->>2) ON CONFLICT DO NOTHING;
        END CASE;
    END LOOP;
END $$;

-- Move the last number from n - 1 to n, or say that somebody else was first.
CREATE FUNCTION guard.move_serial(county text, year integer, kind text, n integer)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE guard.serial s SET last = n
    WHERE s.county = move_serial.county AND s.year = move_serial.year
      AND s.kind = move_serial.kind AND s.last = n - 1;
    IF NOT FOUND AND n = 1 THEN
        INSERT INTO guard.serial AS s VALUES (county, year, kind, 1) ON CONFLICT DO NOTHING;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'serial moved: % % % is not after %', county, year, kind, n - 1
            USING ERRCODE = '23514', CONSTRAINT = 'serial_moved';
    END IF;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA guard FROM PUBLIC;
GRANT USAGE ON SCHEMA guard TO yizhan_writer, yizhan_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA guard TO yizhan_writer, yizhan_reader;
