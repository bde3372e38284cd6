-- The last fact about staff and stations: what a process keeps of the directory is held against it.
CREATE INDEX events_of_directory ON log.events (notification_id)
    WHERE topic LIKE 'staff.%' OR topic LIKE 'station.%';
