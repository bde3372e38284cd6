"""How many statements a page asks the database, apart from what goes on beside it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

ENDPOINTS = "AnyIO worker"  # the threads in which the site looks sessions up and draws pages


@contextmanager
def noted(patch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note the statements of the site's own threads; the check of a connection is none."""
    found: list[str] = []

    def noting(ask: Any) -> Any:
        def asked(cursor: Any, statement: Any, *values: Any, **how: Any) -> Any:
            if statement and threading.current_thread().name.startswith(ENDPOINTS):
                found.append(" ".join(str(statement).split()))
            return ask(cursor, statement, *values, **how)

        return asked

    with patch.context() as within:
        within.setattr(psycopg.Cursor, "execute", noting(psycopg.Cursor.execute))
        within.setattr(psycopg.Cursor, "stream", noting(psycopg.Cursor.stream))
        yield found


def fewest(patch: pytest.MonkeyPatch, see: Callable[[], object]) -> list[str]:
    """Give the statements of a page that was seen before, the fewest of three times.

    Settings and the clock are read again every few seconds.
    """
    see()
    asked: list[list[str]] = []
    for _ in range(3):
        with noted(patch) as found:
            see()
        asked.append(found)
    return min(asked, key=len)
