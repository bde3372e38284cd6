"""The self-service terminal 自助终端: what it asks, and what becomes of an entry (F-106).

A terminal only adds to a queue. Nothing in the queue is a fact: a member of staff looks at the
card and the person, and takes the entry over or declines it (ADR 0022).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.codes import TRADES
from domain.identity import check_phone, read_id_number
from domain.kernel import N_, Refused
from domain.matching.hours import HOURS

# Kind -> the questions in their order, one a page. `ticket` and `call` hold nobody's data.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "job": ("trades", "hours", "name", "phone", "id_no"),
    "training": ("trades", "name", "phone"),
    "wages": ("employer", "amount", "name", "phone"),
    "appointment": ("matter", "slot", "name", "phone"),
    "ticket": ("matter",),
    "call": (),
}
MATTERS = ("job", "training", "wages", "other")
LETTERS: Mapping[str, str] = {"job": "A", "training": "B", "wages": "C", "other": "D"}
OPTIONAL = frozenset({"id_no", "hours", "amount"})
NAME_MOST, EMPLOYER_MOST, AMOUNT_MOST = 30, 60, 9_999_999
DECLINED = ("duplicate", "not_reached", "not_here", "not_ours", "withdrawn", "nonsense")

# What may become of an entry: step -> the states it is taken from and the one it leads to.
WAITING, BOOKED, CALLED = "waiting", "booked", "called"
STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "take": (frozenset({WAITING}), "taken"),
    "decline": (frozenset({WAITING, BOOKED}), "declined"),
    "book": (frozenset({WAITING}), BOOKED),
    "call": (frozenset({WAITING, CALLED}), CALLED),
    "serve": (frozenset({WAITING, BOOKED, CALLED}), "served"),
    "miss": (frozenset({BOOKED, CALLED}), "missed"),
}
# Which kinds know which steps: a case is taken over, a visit is served.
OF_KIND: Mapping[str, tuple[str, ...]] = {
    "job": ("take", "decline"),
    "training": ("take", "decline"),
    "wages": ("take", "decline"),
    "appointment": ("book", "serve", "miss", "decline"),
    "ticket": ("call", "serve", "miss"),
    "call": ("serve",),
}
OPEN = frozenset({WAITING, BOOKED, CALLED})


def check_answer(question: str, given: Any, *, on: date, slots: Sequence[str] = ()) -> Any:
    """Give an answer as it is kept, or refuse it at its question (T-05)."""
    if question in {"trades", "hours"}:
        codes = TRADES if question == "trades" else HOURS
        return _codes(question, given, codes)
    text = str(given or "").strip()
    if not text:
        if question in OPTIONAL:
            return ""
        raise Refused(rule="T-05", text=N_("请回答这一问，再按下一步。"), field=question)
    check = {
        "name": lambda: _name(text),
        "phone": lambda: check_phone(text),
        "id_no": lambda: read_id_number(re.sub(r"\s", "", text), on=on).number,
        "employer": lambda: _short(text, question, EMPLOYER_MOST),
        "amount": lambda: _amount(text),
        "matter": lambda: _one(text, question, MATTERS),
        "slot": lambda: _one(text, question, slots),
    }
    if question not in check:
        raise Refused(rule="T-05", text=N_("终端上没有这一问。"), field=question)
    return check[question]()


def check_step(kind: str, state: str, step: str, *, reason: str = "") -> str:
    """Give the state that a step leads to; refuse one that is over or asks for a reason (T-06)."""
    if step not in OF_KIND.get(kind, ()) or state not in STEPS[step][0]:
        raise Refused(rule="T-06", text=N_("这条申请已经处理过，或不能这样处理。"))
    if step == "decline" and reason not in DECLINED:
        raise Refused(rule="T-06", text=N_("请选择不予办理的原因。"), field="reason")
    return STEPS[step][1]


def receipt(kind: str, matter: str, number: int) -> str:
    """Write the number that the person keeps: A012 for a place in the queue, Z012 for the rest."""
    letter = LETTERS.get(matter, "D") if kind == "ticket" else "Z"
    return f"{letter}{number:03d}"


def _codes(question: str, given: Any, codes: Any) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys([given] if isinstance(given, str) else given or ()))
    chosen = tuple(code for code in chosen if code)
    if any(code not in codes for code in chosen):
        raise Refused(rule="T-05", text=N_("请从屏幕上列出的项目中选。"), field=question)
    if not chosen and question not in OPTIONAL:
        raise Refused(rule="T-05", text=N_("请至少选一项，再按下一步。"), field=question)
    return chosen


def _one(text: str, question: str, codes: Sequence[str]) -> str:
    if text not in codes:
        raise Refused(rule="T-05", text=N_("请从屏幕上列出的项目中选。"), field=question)
    return text


def _short(text: str, question: str, most: int) -> str:
    if len(text) > most:
        raise Refused(rule="T-05", text=N_("最多写{most}个字。"), field=question, most=most)
    return text


def _name(text: str) -> str:
    if re.search(r"[\d<>]", text):
        raise Refused(rule="T-05", text=N_("姓名里不能有数字或符号。"), field="name")
    return _short(text, "name", NAME_MOST)


def _amount(text: str) -> str:
    digits = re.sub(r"[\s,，¥元]", "", text)
    if not digits.isascii() or not digits.isdigit() or not 1 <= int(digits) <= AMOUNT_MOST:
        raise Refused(rule="T-05", text=N_("金额请用整数元填写，例如 8960。"), field="amount")
    return str(int(digits))
