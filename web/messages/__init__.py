"""Pages of messages 消息: the sheet with its preview, those of a case, the outbox, the wordings."""
