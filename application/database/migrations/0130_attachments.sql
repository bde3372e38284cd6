-- The facts of attachments, so that the files on the disk are held against them without reading
-- the whole log.
CREATE INDEX events_of_attachments ON log.events (notification_id)
WHERE topic IN ('dispute.attachment_added', 'dispute.attachment_withdrawn',
                'seeker.attachment_added', 'seeker.attachment_withdrawn');
