"""Personal data: keys, sealing, blind indexes, names in memory, masks, the read log."""
