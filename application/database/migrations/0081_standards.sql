-- What a service standard means from a day on (Q-04); a value that stands is never changed.

CREATE TABLE office.standards (
    code        text COLLATE "C" NOT NULL,
    from_on     date NOT NULL,
    items       jsonb NOT NULL,
    within_days integer NOT NULL CHECK (within_days > 0),
    yearly      boolean NOT NULL,
    entered_by  text COLLATE "C" NOT NULL,
    entered_at  timestamptz NOT NULL DEFAULT log.now(),
    PRIMARY KEY (code, from_on)
);
CREATE TRIGGER standards_stand BEFORE UPDATE OR DELETE OR TRUNCATE ON office.standards
    FOR EACH STATEMENT EXECUTE FUNCTION office.criteria_stand();
