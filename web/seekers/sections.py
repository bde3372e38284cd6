"""What the page of a seeker's case shows: stages, what is asked now, facts by subject."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from application.foresight import Retirement
from domain import codes
from domain.codes import CodeList
from domain.codes_person import SEX_CODES
from domain.kernel import N_
from domain.seeker import SeekerCase
from projections.clocks import Running
from web import texts
from web.fact_tell import GAP, Names
from web.fact_words import STEPS
from web.money import money
from web.seekers import words

Pair = tuple[str, str]

# What to do about a promise of the plan, by its kind; and about other limits.
SERVES = {
    "guidance": "give_guidance",
    "policy": "explain_policy",
    "referral": "refer",
    "training": "enrol",
    "activity": "join_activity",
    "match_meeting": "hold_match_meeting",
    "visit": "record_visit",
}
DOES = {
    "registration": "renew_registration",
    "resume": "resume",
    "refusals": "assess_willingness",
    "recognition": "cancel_hardship",
}
# The act that usually comes next, by state; the first that can be done is the filled button.
NEXT = {
    "REGISTERED": ("assess_needs", "assign_tier"),
    "ASSESSED": ("make_plan",),
    "IN_SERVICE": (
        "answer_referral",
        "hold_interview",
        "complete_training",
        "refer",
    ),
    "PLACED": ("record_follow_up",),
    "STABLE": ("close",),
    "SUSPENDED": ("resume",),
    "CLOSED": ("reopen",),
}


# Barriers that stand on the identity strip.
AT_ONCE = frozenset({"language", "reading"})


class Todo(NamedTuple):
    """One thing asked for now: its day, what, why, where to do it."""

    due: date | None
    provisional: bool
    what: str
    why: str
    href: str


def word(codelist: CodeList, code: str | None) -> str:
    """Say a code; an unknown one shows itself."""
    return texts.label(codelist[code]) if code and code in codelist else (code or "")


def listed(codelist: CodeList, chosen: Sequence[str]) -> str:
    """Say several codes."""
    return texts.translate(N_("、")).join(word(codelist, one) for one in chosen)


def flags(case: SeekerCase) -> list[str]:
    """Give what whoever meets the person must know at once: barriers that change how one talks."""
    return [word(codes.BARRIERS, one) for one in case.barriers if one in AT_ONCE]


def todo(case: SeekerCase, running: Sequence[Running], place: str) -> list[Todo]:
    """List what is asked for now: time limits first, then what waits without one."""
    return [*_limits(running, place), *_waiting(case, place)]


def _limits(running: Sequence[Running], place: str) -> Iterator[Todo]:
    for one in running:
        why = texts.translate(GAP).join(
            texts.say(text, **dict(values)) for text, values in one.steps
        )
        yield Todo(one.due_on, one.provisional, _what(one), why, f"{place}/{_where(one)}")


def _what(one: Running) -> str:
    if one.rule == "plan":
        return texts.say(
            N_("落实计划：{kind}"), kind=word(codes.SERVICE_KINDS, one.about.partition("/")[2])
        )
    if one.rule == "follow_up.retention":
        return texts.say(N_("稳岗回访：第 {month} 个月"), month=one.about.partition("/")[2])
    return texts.label(STEPS[one.rule]) if one.rule in STEPS else one.rule


def _where(one: Running) -> str:
    head, _, purpose = one.rule.partition(".")
    about = one.about.split("/")
    if head == "follow_up":
        more = f"&placement={about[0]}&month={about[1]}" if purpose == "retention" else ""
        return f"record_follow_up?purpose={purpose}{more}"
    if head == "certification":
        return f"hardships/{one.about}/register"
    if head == "plan":
        return SERVES.get(about[-1], "revise_plan")
    return DOES.get(head, "record_follow_up?purpose=contact")


def _waiting(case: SeekerCase, place: str) -> Iterator[Todo]:
    """Give what no day presses: the next step of the state, unanswered and unverified things."""
    plain: Callable[[str, str], Todo] = lambda what, verb: Todo(  # noqa: E731 - one shape, three uses
        None, provisional=False, what=what, why="", href=f"{place}/{verb}"
    )
    if case.offered_to:
        yield plain(texts.translate(N_("答复移交")), "accept_transfer")
    if case.standing == "LEAD":
        yield Todo(
            None,
            provisional=False,
            what=texts.translate(N_("联系本人，办理登记")),
            why="",
            href=f"/seekers/new/register?lead={place.rpartition('/')[2]}",
        )
    if case.standing == "REGISTERED" and not case.needs_known:
        yield plain(texts.translate(N_("评估需求")), "assess_needs")
    if case.standing == "REGISTERED" and not case.tier_known:
        yield plain(texts.translate(N_("定档")), "assign_tier")
    if case.standing == "ASSESSED":
        yield plain(texts.translate(N_("制定计划")), "make_plan")
    yield from _unfinished(case, plain)


def _unfinished(case: SeekerCase, plain: Callable[[str, str], Todo]) -> Iterator[Todo]:
    """Give what waits for an answer, a check or a human decision."""
    for referral in case.referrals.values():
        if referral.standing == "proposed":
            what = texts.say(N_("登记对第 {no} 次推荐的答复"), no=referral.no)
            yield plain(what, f"answer_referral?referral={referral.no}")
    if case.recognised and any(p.employed and p.verified_on for p in case.running):
        yield plain(texts.translate(N_("已就业，请判断是否取消困难认定")), "cancel_hardship")
    for placement in case.running:
        if placement.verified_on is None:
            what = texts.say(N_("核实第 {no} 次就业"), no=placement.no)
            yield plain(what, f"verify_placement?placement={placement.no}")


def stages(case: SeekerCase) -> list[tuple[str, str, str]]:
    """Give the stages of the way: word, day, and whether done or now."""
    first = next(iter(case.placements.values()), None)
    recognised = case.recognised
    held = [c.month for c in case.contacts if c.result == "retained" and c.month]
    tries = len(case.referrals) + len(case.enrolments)
    steps = [
        (N_("登记"), _day(case.registered_on), case.registered_on is not None),
        (N_("评估"), word(codes.TIERS, case.tier), case.needs_known and case.tier_known),
        (N_("认定"), _day(recognised.decided_on if recognised else None), bool(recognised)),
        (N_("计划"), _day(case.plan.made_on if case.plan else None), case.plan is not None),
        (
            N_("推荐、培训"),
            texts.say(N_("{n} 次"), n=tries) if tries else "",
            bool(tries),
        ),
        (N_("安置"), _day(first.start_on if first else None), first is not None),
        (N_("稳岗"), texts.say(N_("第 {n} 月"), n=max(held)) if held else "", bool(held)),
        (N_("退出帮扶"), _day(case.closed_on), case.closed_on is not None),
    ]
    if not case.hardships:
        del steps[2]
    last = max((n for n, step in enumerate(steps) if step[2]), default=-1)
    closed = case.standing == "CLOSED"
    return [
        (
            texts.translate(title),
            small,
            "now" if n == last + 1 and not closed else "done" if done else "",
        )
        for n, (title, small, done) in enumerate(steps)
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def basics(case: SeekerCase) -> list[Pair]:
    """Say what is known of the person's situation."""
    pairs = [
        (N_("性别"), word(SEX_CODES, case.sex)),
        (N_("户籍地"), word(codes.DISTRICTS, case.domicile)),
        (N_("来源"), word(codes.CHANNELS, case.channel)),
        (N_("现状"), word(codes.ACTIVITIES, case.activity)),
        (N_("求职意向"), words.wishes(case.wants)),
        (N_("需求"), listed(codes.NEEDS, case.needs)),
        (N_("障碍"), listed(codes.BARRIERS, case.barriers)),
        (N_("意愿"), word(codes.LEVELS, case.willingness)),
        (
            N_("能力"),
            texts.translate(N_("、")).join(
                f"{word(codes.ABILITY_AREAS, area)} {word(codes.LEVELS, level)}"
                for area, level in case.abilities.items()
            ),
        ),
    ]
    return _named(pairs)


def retiring(retirement: Retirement | None) -> list[Pair]:
    """Say when the person retires by the rule of today, and by the other one where it differs."""
    if retirement is None:
        return []
    told = retirement.on.isoformat()
    if retirement.plain != retirement.reform:
        told = texts.say(
            N_("{on}（旧规定 {plain}，新规定 {reform}）"),
            on=retirement.on,
            plain=retirement.plain,
            reform=retirement.reform,
        )
    return _named([(N_("退休日期"), told)])


def work(case: SeekerCase, names: Names) -> list[Pair]:
    """Say where the person works, on what terms, and what was paid for it."""
    running = next((p for p in reversed(case.running) if p.employed), None)
    if running is None:
        return []
    kind = word(codes.PLACEMENT_KINDS, running.kind)
    if running.kind == "public_welfare":
        kind = texts.say(N_("{kind}，不计入市场就业"), kind=kind)
    term = running.start_on.isoformat()
    if running.term_until:
        term = texts.say(N_("{start} 至 {end}"), start=running.start_on, end=running.term_until)
    paid = sorted({m for s in case.subsidies.values() for m in s.paid_months})
    return _named(
        [
            (N_("现在岗位"), names.employer(running.employer) if running.employer else ""),
            (N_("就业形式"), kind),
            (N_("合同期"), term),
            (N_("月薪"), money(running.pay) if running.pay is not None else ""),
            (N_("补贴月份"), texts.say(N_("{n} 个月"), n=len(paid)) if paid else ""),
        ]
    )


def service(case: SeekerCase) -> list[Pair]:
    """Say what binds the office: validity, unemployment, consents, holds, links."""
    jobless = case.unemployment
    pairs = [
        (N_("登记有效期至"), _day(case.valid_until)),
        (N_("失业登记"), _day(jobless.on if jobless else None)),
        (N_("同意"), listed(codes.PURPOSES, list(case.consents))),
        (N_("暂缓至"), _day(case.hold_until)),
        (N_("暂停"), _pause(case)),
        (N_("退出原因"), word(codes.CLOSE_REASONS, case.closed_for)),
        (N_("意外保险至"), _day(case.insured_until)),
        (N_("补贴累计"), money(case.paid_subsidies()) if case.subsidies else ""),
    ]
    return _named(pairs)


def _pause(case: SeekerCase) -> str:
    if not case.pause:
        return ""
    return f"{word(codes.SUSPEND_REASONS, case.pause.reason)} {_day(case.pause.until)}".strip()


def _named(pairs: Sequence[Pair]) -> list[Pair]:
    return [(texts.translate(title), text) for title, text in pairs if text]


def people(case: SeekerCase, names: Names) -> str:
    """Say who owns the case, and where it belongs."""
    station = names.station(case.station)
    return (
        f"{names.staff(case.owner)}{texts.translate(N_('，'))}{station}" if case.owner else station
    )
