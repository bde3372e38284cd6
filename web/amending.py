"""The new value of a correction, read as the field of the fact wants it (S-17)."""

import re
from datetime import date
from typing import Any, get_args, get_origin

import msgspec

from domain.kernel import N_, Aggregate, Refused, amended
from domain.money import Fen
from web import dates
from web.money import fen

LIST = re.compile(r"\s*[、,，;；]\s*")


def plain_value(state: Aggregate, *, version: int, field: str, value: str) -> Any:
    """Give the typed text as the plain value that `correct_record` takes; it checks the rest."""
    if field == "occurred_on":
        return dates.day(value, field="value").isoformat()
    reads = amended(state.history)
    fact = reads[version - 1][0] if 0 < version <= len(reads) else None
    kinds = {one.name: one.type for one in msgspec.structs.fields(fact)} if fact else {}
    return _plain(value.strip(), kinds.get(field, str))


def _plain(text: str, kind: Any) -> Any:
    kinds = set(get_args(kind)) if get_origin(kind) not in {tuple, None} else {kind}
    if Fen in kinds:
        return int(fen(text, field="value"))
    if bool in kinds:
        return _flag(text)
    if int in kinds:
        return _whole(text)
    if date in kinds:
        return dates.day(text, field="value").isoformat()
    if any(get_origin(one) is tuple for one in kinds):
        return [part for part in LIST.split(text) if part]
    return text


def _flag(text: str) -> bool:
    words = {"是": True, "yes": True, "1": True, "否": False, "no": False, "0": False}
    if text.lower() not in words:
        raise Refused(rule="F-00", text=N_("请填“是”或“否”。"), field="value")
    return words[text.lower()]


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise Refused(rule="F-00", text=N_("“{typed}”不是整数。"), field="value", typed=text)
    return int(text)
