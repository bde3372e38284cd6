"""What will follow from an act, said before it is sent: the time limits that it starts."""

from collections.abc import Iterable, Sequence
from typing import Any

from starlette.requests import Request

from domain import deadlines
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


def routes_and_limits(request: Request, state: Any) -> Sequence[str]:
    """Say what must be told: the routes that are open, and until when (D-17, 人民调解法 26)."""
    today, own = parts(request).today(), readers(request)
    found = [
        clock
        for clock in deadlines.clocks(state, own.calendar(), own.settings(), today)
        if clock.rule.startswith("DL-08") and clock.done_on is None
    ]
    said = []
    if found:
        first = min(found, key=lambda clock: clock.due)
        text = N_("申请仲裁：最早一人的仲裁时效到 {due} 为止（{rule}）。")
        if first.provisional:
            text = N_("申请仲裁：最早一人的仲裁时效到 {due} 为止（{rule}，日历未公布，暂定）。")
        said.append(texts.say(text, due=first.due, rule=first.rule))
    said += [
        texts.say(N_("投诉劳动监察：违法行为终了之日起 2 年内（DL-14）。")),
        texts.say(N_("没有劳动关系的报酬：可以人民调解或者向法院起诉。")),
        texts.say(N_("告知后记在每个人名下，之后才能转出（D-17）。")),
    ]
    return said
