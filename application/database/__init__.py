"""PostgreSQL: the embedded server, who may log in as what, migrations, backup and restore."""
