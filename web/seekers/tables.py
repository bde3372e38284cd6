"""The records of a seeker's case as small tables: promises, referrals, classes, jobs, money."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from domain import codes
from domain.kernel import N_
from domain.seeker import SeekerCase
from web import texts
from web.fact_tell import Names
from web.money import money
from web.seekers import words
from web.seekers.sections import word


class Table(NamedTuple):
    """A small table: title, words of its columns, rows, act that adds one, view, links below."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    act: str = ""
    view: str = ""
    links: Sequence[tuple[str, str]] = ()


REFERRALS, TRAINING, MONEY = "referrals", "training", "subsidies"


def tables(case: SeekerCase, names: Names, view: str = "") -> list[Table]:
    """Give the tables that have rows, in the order of the way; those of a view, or all."""
    made = [
        _plan(case),
        _referrals(case, names)._replace(view=REFERRALS),
        _classes(case, names)._replace(view=TRAINING),
        _placements(case, names)._replace(view=REFERRALS),
        _follow_ups(case)._replace(view=REFERRALS),
        _hardships(case)._replace(view=MONEY),
        _subsidies(case)._replace(view=MONEY),
    ]
    return [table for table in made if table.rows and view in {"", table.view}]


def _t(*titles: str) -> list[str]:
    return [texts.translate(title) for title in titles]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _plan(case: SeekerCase) -> Table:
    standard = word(codes.STANDARDS, case.plan.standard) if case.plan else ""
    return Table(
        texts.say(N_("计划 {standard}"), standard=standard),
        _t(N_("服务"), N_("截止"), N_("已办")),
        [
            (
                word(codes.SERVICE_KINDS, one.item.kind),
                _day(one.item.due_on),
                f"{one.done} / {one.item.count}",
            )
            for one in case.plan_progress()
        ],
        "revise_plan",
    )


def _referrals(case: SeekerCase, names: Names) -> Table:
    return Table(
        texts.translate(N_("推荐记录")),
        _t(N_("序号"), N_("日期"), N_("岗位名称"), N_("单位"), N_("进展")),
        [
            (
                str(one.no),
                _day(one.on),
                names.entry(one.vacancy),
                names.employer(one.employer),
                " ".join(
                    part
                    for part in (
                        word(words.REFERRAL_STATES, one.standing),
                        word(codes.ANSWER_REASONS, one.reason),
                    )
                    if part
                ),
            )
            for one in reversed(list(case.referrals.values()))
        ],
        "refer",
        links=[
            (f"referrals/{one.no}/cv", texts.say(N_("第 {no} 次推荐的简历"), no=one.no))
            for one in case.open_referrals
        ],
    )


def _classes(case: SeekerCase, names: Names) -> Table:
    return Table(
        texts.translate(N_("培训")),
        _t(N_("培训班"), N_("报名"), N_("出勤"), N_("进展")),
        [
            (
                names.entry(one.training),
                _day(one.on),
                f"{one.attended} / {one.planned}" if one.planned else "",
                word(words.ENROLMENT_STATES, one.standing),
            )
            for one in case.enrolments.values()
        ],
        "enrol",
    )


def _placements(case: SeekerCase, names: Names) -> Table:
    return Table(
        texts.translate(N_("就业记录")),
        _t(N_("序号"), N_("形式"), N_("单位"), N_("到岗"), N_("核实"), N_("离岗")),
        [
            (
                str(one.no),
                word(codes.PLACEMENT_KINDS, one.kind),
                names.employer(one.employer) if one.employer else "",
                _day(one.start_on),
                _day(one.verified_on),
                f"{_day(one.ended_on)} {word(codes.PLACEMENT_ENDS, one.end_reason)}".strip(),
            )
            for one in reversed(list(case.placements.values()))
        ],
        "place",
    )


def _follow_ups(case: SeekerCase) -> Table:
    return Table(
        texts.translate(N_("回访")),
        _t(N_("日期"), N_("用途"), N_("方式"), N_("结果"), N_("实发工资")),
        [
            (
                _day(one.on),
                word(codes.FOLLOW_UP_PURPOSES, one.purpose)
                + (texts.say(N_("，第 {n} 月"), n=one.month) if one.month else ""),
                word(codes.FOLLOW_UP_CHANNELS, one.channel),
                word(codes.FOLLOW_UP_RESULTS, one.result),
                money(one.wage) if one.wage is not None else "",
            )
            for one in reversed(case.contacts)
        ],
        "record_follow_up",
    )


def _hardships(case: SeekerCase) -> Table:
    return Table(
        texts.translate(N_("困难认定")),
        _t(N_("序号"), N_("类别"), N_("申请"), N_("公示"), N_("决定"), N_("进展")),
        [
            (
                str(one.no),
                word(codes.HARDSHIP_GROUPS, one.group),
                _day(one.applied_on),
                f"{_day(one.notice_from)} {_day(one.notice_to)}".strip(),
                _day(one.decided_on),
                word(words.HARDSHIP_STATES, one.standing),
            )
            for one in case.hardships.values()
        ],
        links=[
            (
                f"hardships/{one.no}/replay",
                texts.say(N_("按标准重放第 {no} 号决定"), no=one.no),
            )
            for one in case.hardships.values()
            if one.decided_on
        ]
        + [
            (f"hardships/{one.no}/register", texts.say(N_("第 {no} 号登记库核验"), no=one.no))
            for one in case.hardships.values()
        ],
    )


def _subsidies(case: SeekerCase) -> Table:
    return Table(
        texts.translate(N_("补贴")),
        _t(N_("序号"), N_("种类"), N_("申请金额"), N_("批准"), N_("已发"), N_("进展")),
        [
            (
                str(one.no),
                word(codes.SUBSIDIES, one.kind),
                money(one.amount),
                money(one.approved) if one.approved else "",
                money(one.paid) if one.paid else "",
                word(words.SUBSIDY_STATES, one.standing),
            )
            for one in reversed(list(case.subsidies.values()))
        ],
    )
