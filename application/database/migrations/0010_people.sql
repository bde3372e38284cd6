-- One person a number: whoever claims a number second is told who has it (P-01). A claim whose
-- person was never recorded grows stale and is taken over.
ALTER TABLE keys.blind_index ADD COLUMN claimed_at timestamptz NOT NULL DEFAULT now();
CREATE UNIQUE INDEX blind_index_id_no ON keys.blind_index (digest) WHERE kind = 'id_no';

-- What kind of reading it was.
ALTER TABLE log.reads ADD COLUMN kind text NOT NULL DEFAULT 'view'
    CHECK (kind IN ('view', 'search', 'reveal', 'access'));
GRANT INSERT (kind) ON log.reads TO yizhan_writer;
