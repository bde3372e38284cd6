-- Minimum wages of a place from a day on (domain.md, Q-08), in fen; a later row takes its place.
CREATE TABLE office.minimum_wages (
    place      text COLLATE "C" NOT NULL CHECK (place ~ '^[0-9]{6}$'),
    from_on    date NOT NULL,
    monthly    bigint NOT NULL CHECK (monthly > 0),
    hourly     bigint NOT NULL CHECK (hourly > 0),
    demo       boolean NOT NULL DEFAULT false,
    entered_by text NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (place, from_on)
);
