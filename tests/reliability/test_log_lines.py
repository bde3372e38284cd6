"""Whatever is put in, the program's log holds one line an event and nobody's data (T22)."""

import io
import json
import logging
from collections import Counter
from collections.abc import Iterator

import pytest
import structlog

from tests.canaries import Hunt, canaries
from yizhan.logs import configure_logs

ALL = canaries(500)
HOSTILE = ("\r\n", "\n{}", "\x1b[31mred", "\x00", "\u2028", "\x85", "\x7f", '"}\n{"event": "forged')


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged; afterwards everything is as it was."""
    root, access = logging.getLogger(), logging.getLogger("uvicorn.access")
    before = root.handlers[:], root.level, access.disabled
    kept = structlog.get_config()
    out = io.StringIO()
    configure_logs(out)
    yield out
    root.handlers[:], access.disabled = before[0], before[2]
    root.setLevel(before[1])
    structlog.reset_defaults()
    structlog.configure(**kept)
    structlog.contextvars.clear_contextvars()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_control_characters_in_any_field_make_one_line_of_json(
    written: io.StringIO, hostile: str
) -> None:
    log = structlog.get_logger("site")
    structlog.contextvars.bind_contextvars(request_id=f"a{hostile}b")
    fields = ("path", "case", "account", "route", "error", "name", hostile)
    said = "tried" + hostile
    log.warning(said, **dict.fromkeys(fields, f"x{hostile}y"))
    logging.getLogger("uvicorn.error").error("bad %s", hostile)
    lines = written.getvalue().splitlines()
    assert len(lines) == 2
    for line in lines:
        assert json.loads(line)["level"] in {"warning", "error"}
        assert line.isprintable()


def test_five_hundred_people_in_fields_messages_and_errors_leave_no_trace(
    written: io.StringIO,
) -> None:
    log, library = structlog.get_logger("site"), logging.getLogger("uvicorn.error")
    for person in ALL:
        log.info(person.name, path=f"/search/{person.id_no}", person=person.phone)
        library.warning("row (%s, %s)", person.name, person.id_no)
        try:
            int("x".join(person.values))
        except ValueError:
            log.exception("unforeseen", account=person.phone, note=person.name)
            library.exception("failed for %s", person.phone)
    text = written.getvalue()
    kinds = Counter((line["logger"], line["level"]) for line in map(json.loads, text.splitlines()))
    assert set(kinds.values()) == {len(ALL)}, kinds
    assert len(kinds) == 4
    assert text.count("ValueError at test_log_lines.py") == 2 * len(ALL)
    assert Hunt(ALL).search(text.encode()) == []


def test_a_request_is_found_again_by_its_id(written: io.StringIO) -> None:
    structlog.contextvars.bind_contextvars(request_id="0123456789ab")
    structlog.get_logger("site").error("unforeseen", error="KeyError")
    line = json.loads(written.getvalue())
    assert (line["request_id"], line["error"]) == ("0123456789ab", "KeyError")
