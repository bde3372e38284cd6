"""The views of a seeker's case: its tabs, and what the page announces as not possible."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from starlette.requests import Request

from application.foresight import Hindrance
from domain.attachments import offered
from domain.kernel import N_
from domain.seeker import SeekerCase
from web import texts
from web.seekers import acts_support, acts_work
from web.visit import who

Tab = tuple[str, str, int | None, bool]
# The groups of acts that a view offers.
GROUPS: Mapping[str, Sequence[str]] = {
    "referrals": (acts_work.REFER, acts_work.WORK, acts_work.CALL),
    "training": (acts_work.LEARN,),
    "subsidies": (acts_support.MONEY,),
}
READ: Mapping[str, str] = {
    "case": N_("案件页"),
    "event": N_("原始事件"),
    "hardship": N_("困难认定"),
    "household": N_("家庭户"),
    "cv": N_("简历"),
    "attachments": N_("附件目录"),
    "attachment": N_("附件"),
    "id_no": N_("证件号码"),
    "phone": N_("电话"),
    "address": N_("住址"),
    "name": N_("姓名"),
}


def tabs(request: Request, state: SeekerCase, facts: int, place: str, here: str) -> list[Tab]:
    """Give the views that a reader has, with what stands in each."""
    paths: frozenset[str] = request.app.state.paths
    found: list[tuple[str, str, int | None]] = [
        ("", N_("概览"), None),
        ("timeline", N_("时间线"), facts),
        ("referrals", N_("推荐"), len(state.referrals)),
        ("training", N_("培训"), len(state.enrolments)),
        ("subsidies", N_("补贴"), len(state.subsidies)),
    ]
    if "/seekers/{case}/papers" in paths:
        found.append(("papers", N_("文书"), len(state.documents)))
    if "/seekers/{case}/attachments" in paths:
        found.append(("attachments", N_("附件"), len(offered(state.attachments))))
    officer = who(request).account in state.officers
    if officer or who(request).roles & {"station_manager", "auditor"}:
        found.append(("reads", N_("访问记录"), None))
    return [
        (f"{place}/{code}" if code else place, texts.translate(title), count, code == here)
        for code, title, count in found
    ]


class Announced(NamedTuple):
    """An act that will be refused: its title, the rule, and why, line by line."""

    title: str
    rule: str
    rows: Sequence[tuple[str, str]]


def announced(hindrances: Sequence[Hindrance]) -> list[Announced]:
    """Say what will be refused, why, and what can be done instead."""
    return [_longer(one) if one.act == "place" else _closing(one) for one in hindrances]


def _closing(one: Hindrance) -> Announced:
    rows = [
        (texts.translate(N_("原因")), texts.sentence(one.refused)),
        (
            texts.translate(N_("可以怎么办")),
            texts.translate(N_("办完这些事项，或由站长写明理由。")),
        ),
    ]
    return Announced(texts.translate(N_("退出帮扶")), one.refused.rule, rows)


def _longer(one: Hindrance) -> Announced:
    rows = [(texts.translate(N_("原因")), texts.sentence(one.refused))]
    if one.first_on and one.until:
        rows[0] = (
            rows[0][0],
            texts.say(
                N_("{why} 本人{first}到岗，{until}满期。"),
                why=rows[0][1],
                first=one.first_on,
                until=one.until,
            ),
        )
    if one.retirement and one.refused.rule == "S-11":
        rows.append(
            (
                texts.translate(N_("为何不延长")),
                texts.say(
                    N_("首次到岗时距退休满五年：旧规定 {plain}，新规定 {reform}。"),
                    plain=one.retirement.plain,
                    reform=one.retirement.reform,
                ),
            )
        )
    rows.append(
        (
            texts.translate(N_("可以怎么办")),
            texts.translate(N_("若属重度残疾等特殊情形，由站长写明理由批准第二次安置。")),
        )
    )
    return Announced(texts.translate(N_("续签公益性岗位")), one.refused.rule, rows)
