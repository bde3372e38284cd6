"""What the program says about itself while it runs: one line an event, without personal data.

JSON on stderr, for a terminal a line to read. Lines of libraries take the same way (T22).
"""

import logging
import sys
from collections.abc import Sequence
from typing import IO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

from application.people.redaction import redact


def configure_logs(stream: IO[str] | None = None) -> None:
    """Let structlog and the loggers of libraries write through the redaction, to stderr."""
    to = stream or sys.stderr
    renderer: Processor = structlog.processors.JSONRenderer()
    if to.isatty():
        # Colours would be control characters; an error's place stands in its own field.
        renderer = structlog.dev.ConsoleRenderer(colors=False)
    before: Sequence[Processor] = (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    )
    structlog.configure(
        processors=[*before, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(to)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[ProcessorFormatter.remove_processors_meta, redact, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # The event library silences the pool, whose warnings an operator has to see.
    logging.getLogger("psycopg.pool").setLevel(logging.NOTSET)
    # An address may hold what somebody typed.
    logging.getLogger("uvicorn.access").disabled = True
