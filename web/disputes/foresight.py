"""What will follow from an act, said before it is sent: the time limits that it starts."""

from collections.abc import Iterable, Sequence
from typing import Any

from starlette.requests import Request

from domain.deadline_rules import RULES
from domain.kernel import N_
from web import texts
from web.access import parts
from web.case_page import readers


def _limits(request: Request, rules: Iterable[str]) -> Sequence[str]:
    """Say the last day of each rule, counted from today."""
    today, calendar = parts(request).today(), readers(request).calendar()
    said = []
    for rule in RULES:
        if rule.id in rules:
            due = rule.due(today, calendar)
            text = N_("{name}将为 {due}，从今天起算（{rule}）。")
            if due.provisional:
                text = N_("{name}将为 {due}，从今天起算（{rule}），日历未公布，暂定。")
            said.append(texts.say(text, name=texts.translate(rule.name), due=due.on, rule=rule.id))
    return said


def after_application(request: Request, _state: Any) -> Sequence[str]:
    """Foretell acceptance and mediation."""
    return _limits(request, {"DL-01", "DL-03"})


def after_signature(request: Request, _state: Any) -> Sequence[str]:
    """Foretell the joint applications."""
    return _limits(request, {"DL-04", "DL-05"})
