"""The network of stations: directory, screens, terminals, queue, tally, reports."""
