-- Taking a list away is a reading of its own kind (F-67).
ALTER TABLE log.reads DROP CONSTRAINT reads_kind_check;
ALTER TABLE log.reads ADD CONSTRAINT reads_kind_check
    CHECK (kind IN ('view', 'search', 'reveal', 'access', 'export'));
CREATE INDEX reads_at ON log.reads (id DESC) WHERE kind <> 'view';
