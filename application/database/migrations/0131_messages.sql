-- Messages (F-51): wordings as immutable versions, and who is handing a message over right now.

CREATE TABLE office.wordings (
    version    integer NOT NULL CHECK (version > 0),
    occasion   text COLLATE "C" NOT NULL,
    language   text COLLATE "C" NOT NULL,
    subject    text NOT NULL,
    body       text NOT NULL,
    entered_by text COLLATE "C" NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT log.now(),
    PRIMARY KEY (occasion, language, version)
);
CREATE TRIGGER wordings_stand BEFORE UPDATE OR DELETE OR TRUNCATE ON office.wordings
    FOR EACH STATEMENT EXECUTE FUNCTION office.criteria_stand();

-- A claim is made before a message leaves. One whose lease ran out says that nobody knows whether
-- it left: the channel is asked by the message's id, and nothing is sent blindly again. Leases run
-- by the real clock, also where the office's clock is set.
CREATE TABLE office.message_claims (
    message     text COLLATE "C" NOT NULL,
    attempt     integer NOT NULL CHECK (attempt > 0),
    asked       integer NOT NULL DEFAULT 0,
    lease_until timestamptz NOT NULL,
    PRIMARY KEY (message, attempt)
);
