-- Every year that was ever entered, under the version it made: old decisions cite their version, so
-- a version is never changed and can always be read again (F-70).
CREATE TABLE office.calendar_versions (
    version    integer PRIMARY KEY,
    year       integer NOT NULL,
    days       jsonb NOT NULL,              -- day -> whether it is worked
    entered_by text NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT log.now()
);
INSERT INTO office.calendar_versions (version, year, days, entered_by, entered_at)
SELECT y.version, y.year,
       coalesce((SELECT jsonb_object_agg(d.day, d.worked) FROM office.calendar_days d
                 WHERE extract(year FROM d.day) = y.year), '{}'),
       y.entered_by, y.entered_at
FROM office.calendar_years y;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON office.calendar_versions
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE office.calendar_versions ENABLE ALWAYS TRIGGER refuse_change;
REVOKE UPDATE, DELETE, TRUNCATE ON office.calendar_versions FROM yizhan_writer;
