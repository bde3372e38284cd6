"""The command line and the one place that reads settings and chooses adapters."""
