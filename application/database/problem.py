"""What is wrong with the database, in one sentence that names the next step."""


class DatabaseProblem(Exception):
    """The database cannot be used as it is; the command line prints the sentence and ends with 2.

    The sentence is English; `web/locale/db.toml` does not need it, no page is served without a
    database.
    """


UNREADABLE = (
    "The DSN cannot be read: write it as postgresql://yizhan_writer:password@host:5432/yizhan."
)
