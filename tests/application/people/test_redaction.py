"""Log lines: listed fields, one line, no personal data (T22)."""

import io
import json
from typing import Any

import pytest
import structlog
from hypothesis import given as each
from hypothesis import strategies as st

from application.people.redaction import WITHHELD, redact
from tests.canaries import Hunt, canaries


def _line(**fields: Any) -> dict[str, Any]:
    return dict(redact(None, "info", dict(fields)))


def test_listed_fields_pass_and_others_are_counted_only() -> None:
    line = _line(event="case opened", case="seeker-1", rows=3, name="x", note="y")
    assert line == {"event": "case opened", "case": "seeker-1", "rows": 3, "dropped": 2}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("龚凤", WITHHELD),
        ("call 13800138000 now", f"call {WITHHELD} now"),
        ("id 449901198403120229", f"id {WITHHELD}"),
        ("id 44990119760714042X", f"id {WITHHELD}"),
        ("6200 0000 0000 01", WITHHELD),
        (13_800_138_000, 13_800_138_000),
        (449_901_198_403_120_229, WITHHELD),
        (
            "person-0199f3a2-1b2c-7d3e-8f4a-0123456789ab",
            "person-0199f3a2-1b2c-7d3e-8f4a-0123456789ab",
        ),
        ("2026-03-02", "2026-03-02"),
        ("a\r\nb\x1b[31m", "a\\x0d\\x0ab\\x1b[31m"),
        (None, None),
        (True, True),
        (0.5, 0.5),
    ],
)
def test_a_value_passes_only_as_far_as_it_cannot_be_personal(value: object, said: object) -> None:
    assert _line(event=value)["event"] == said


def test_an_error_keeps_its_kind_and_place_and_loses_its_words() -> None:
    with pytest.raises(LookupError) as told:
        dict[str, str]()["龚凤 449901198403120229"]
    line = _line(event="failed", exc_info=told.value)
    assert line["error"].startswith("KeyError at test_redaction.py:")
    assert "4499" not in json.dumps(line)
    assert _line(event="failed", exc_info=True)["error"] == WITHHELD


def test_lines_of_structlog_hold_no_canary_whatever_is_logged() -> None:
    people = canaries(50)
    out = io.StringIO()
    logger = structlog.wrap_logger(
        structlog.PrintLogger(out), processors=[redact, structlog.processors.JSONRenderer()]
    )
    for canary in people:
        name, id_no, phone = canary.values
        logger.info(" ".join(canary.values), person=phone, name=name, case=f"{id_no}!")
        logger.warning("search", route=f"/people?q={phone}", id_no=id_no, error=name)
    written = out.getvalue()
    assert len(written.splitlines()) == 100
    assert Hunt(people).search(written.encode()) == []


@each(st.dictionaries(st.sampled_from(["event", "case", "error", "note"]), st.text(), min_size=1))
def test_every_text_stays_on_one_line(fields: dict[str, str]) -> None:
    line = json.dumps(_line(**fields), ensure_ascii=False)
    assert line.isascii()
    assert len(line.splitlines()) == 1
    assert "\\u00" not in line
