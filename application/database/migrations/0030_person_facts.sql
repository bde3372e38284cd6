-- The facts of persons in their order, so that the names index starts without reading the whole log.
CREATE INDEX events_of_persons ON log.events (notification_id) WHERE topic LIKE 'person.%';
