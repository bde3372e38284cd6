-- Versions of the criteria of hardship recognition that the place entered (F-30). A version is
-- never changed and never taken away: decisions cite it.

CREATE TABLE office.criteria (
    version    text COLLATE "C" PRIMARY KEY,
    from_on    date NOT NULL CONSTRAINT criteria_from_on UNIQUE,
    body       jsonb NOT NULL,
    entered_by text COLLATE "C" NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT log.now()
);

CREATE FUNCTION office.criteria_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'criteria are never changed';
END $$;
CREATE TRIGGER criteria_stand BEFORE UPDATE OR DELETE OR TRUNCATE ON office.criteria
    FOR EACH STATEMENT EXECUTE FUNCTION office.criteria_stand();
