"""Vacancies 岗位: nothing is published unseen, charged for, underpaid or for ever (V-01 - V-08)."""

from datetime import date, timedelta
from typing import Any

import msgspec

from domain.amending import Amendable
from domain.kernel import N_, Event, Refused, Sealed, applies, decides, from_plain, to_plain
from domain.money import Fen
from domain.vacancy.facts import (
    ComplaintFiled,
    Drafted,
    FactVoided,
    Paused,
    Published,
    QuickMatched,
    RecordCorrected,
    Rejected,
    Renewed,
    Resumed,
    Revised,
    SeatFilled,
    Submitted,
    Verified,
    Withdrawn,
)
from domain.vacancy.text import (
    HAZARDS,
    MinimumWage,
    Warned,
    check_age,
    check_fit,
    check_pay,
)
from domain.vacancy.text import warnings as text_warnings

UNITS = frozenset({"hour", "piece", "month"})
METHODS = frozenset({"visit", "video", "phone"})
REASONS = frozenset({"employer", "false_post", "filled_elsewhere"})
ENDING = timedelta(10)  # before its last day a post is listed as ending soon
ANY = frozenset(
    {"draft", "submitted", "verified", "published", "paused", "filled", "rejected", "withdrawn"}
)

# Fields that a revision may touch, with their types; those of RECHECKED need a new 探岗.
REVISABLE: dict[str, Any] = {
    "title": str,
    "headcount": int,
    "conditions": str,
    "work": str,
    "place": str,
    "pay_from": Fen,
    "pay_to": Fen,
    "pay_unit": str,
    "hours": tuple[str, ...],
    "age_from": int,
    "hazards": tuple[str, ...],
}
RECHECKED = frozenset({"work", "place", "pay_from", "pay_to", "pay_unit", "age_from", "hazards"})


# State


class Vacancy(Amendable):
    """A post as it reads now; *expired* is never stored, it is asked of a day."""

    CORRECTED, VOIDED = RecordCorrected, FactVoided

    state: str = "-"
    terms: Drafted | None = None
    valid_until: date | None = None
    verified_on: date | None = None
    filled: tuple[tuple[str, int], ...] = ()
    complaints: int = 0
    withdrawn_for: str = ""
    quick_matches: int = 0

    @property
    def standing(self) -> str:
        """The stored state; see `state_on` for what a day makes of it."""
        return self.state

    @property
    def employer(self) -> str:
        """The employer who hires."""
        return self.terms.employer if self.terms else ""

    @property
    def headcount(self) -> int:
        """How many are sought."""
        return self.terms.headcount if self.terms else 0

    @property
    def seats_left(self) -> int:
        """How many are still sought."""
        return self.headcount - len(self.filled)

    def state_on(self, day: date) -> str:
        """Give the state on a day: a post past its last day is expired 已过期 (V-05)."""
        past = self.valid_until is not None and day > self.valid_until
        return "expired" if past and self.state in {"published", "paused"} else self.state

    def is_open_on(self, day: date) -> bool:
        """Say whether people may be referred to it on a day (S-07)."""
        return self.state_on(day) == "published"

    def warnings(self, wage: MinimumWage | None) -> list[Warned]:
        """List what a person has to look at before it is verified (V-01, V-02, V-03, V-08)."""
        if not self.terms:
            return []
        said = self.terms
        return text_warnings(
            title=said.title,
            conditions=said.conditions,
            work=said.work,
            unit=said.pay_unit,
            wage=wage,
        )

    def check_fit(self, *, sex: str, age: int) -> None:
        """Refuse to refer somebody whom this work is forbidden for (V-08)."""
        if self.terms:
            check_fit(sex=sex, age=age, age_from=self.terms.age_from, hazards=self.terms.hazards)

    def balanced(self) -> None:
        """Refuse more people in work than were sought (V-07)."""
        _check_headcount(self.headcount, len(self.filled))

    @applies(Drafted)
    def _drafted(self, fact: Drafted, _on: date) -> None:
        self.state, self.terms, self.valid_until = "draft", fact, fact.valid_until

    @applies(Submitted)
    def _submitted(self, _fact: Submitted, _on: date) -> None:
        self.state = "submitted"

    @applies(Verified)
    def _verified(self, _fact: Verified, on: date) -> None:
        self.verified_on = on
        if self.state == "submitted":
            self.state = "verified"

    @applies(Rejected)
    def _rejected(self, _fact: Rejected, _on: date) -> None:
        self.state = "rejected"

    @applies(Published)
    def _published(self, _fact: Published, _on: date) -> None:
        self.state = "published"

    @applies(Paused)
    def _paused(self, _fact: Paused, _on: date) -> None:
        self.state = "paused"

    @applies(Resumed)
    def _resumed(self, _fact: Resumed, _on: date) -> None:
        self.state = "published"

    @applies(Renewed)
    def _renewed(self, fact: Renewed, _on: date) -> None:
        self.valid_until = fact.valid_until

    @applies(Revised)
    def _revised(self, fact: Revised, _on: date) -> None:
        if self.terms:
            self.terms = _revise(self.terms, fact.field, fact.value)
        if fact.field in RECHECKED and self.state != "draft":
            self.state, self.verified_on = "submitted", None

    @applies(SeatFilled)
    def _seat_filled(self, fact: SeatFilled, _on: date) -> None:
        self.filled = (*self.filled, (fact.seeker, fact.placement))
        if self.seats_left == 0:
            self.state = "filled"

    @applies(ComplaintFiled)
    def _complaint_filed(self, _fact: ComplaintFiled, _on: date) -> None:
        self.complaints += 1

    @applies(QuickMatched)
    def _quick_matched(self, fact: QuickMatched, _on: date) -> None:
        self.quick_matches += fact.count

    @applies(Withdrawn)
    def _withdrawn(self, fact: Withdrawn, _on: date) -> None:
        self.state, self.withdrawn_for = "withdrawn", fact.reason

    # Decisions

    @decides("V-00", {"-"})
    def draft(
        self,
        *,
        terms: Drafted,
        fee: Fen,
        wage: MinimumWage | None,
        recheck_days: int,
        occurred_on: date,
    ) -> list[Event]:
        """Write a post down; `wage` is the minimum of its place on the day (V-02, V-03, V-05)."""
        if fee != 0:
            raise Refused(
                rule="V-02", text=N_("不得向求职者收取费用、押金或扣押证件。"), field="fee"
            )
        if terms.pay_unit not in UNITS:
            raise Refused(rule="V-00", text=N_("没有这一计酬方式。"), field="pay_unit")
        _check_terms(terms, wage)
        _check_headcount(terms.headcount, 0)
        _check_until(terms.valid_until, occurred_on, occurred_on, recheck_days)
        return [terms]

    @decides("V-00", {"draft"})
    def submit(self) -> list[Event]:
        """Hand a draft in for the check."""
        return [Submitted()]

    @decides("V-00", {"submitted", "published", "paused"})
    def verify(
        self, *, method: str, findings: tuple[str, ...] = (), photo_sha256: str | None = None
    ) -> list[Event]:
        """Record a visit, a video call, or a phone call with documents 探岗."""
        if method not in METHODS:
            raise Refused(rule="V-06", text=N_("没有这一探岗方式。"), field="method")
        return [Verified(method=method, findings=findings, photo_sha256=photo_sha256)]

    @decides("V-00", {"submitted"})
    def reject(self, *, reason: str) -> list[Event]:
        """Decline to publish."""
        return [Rejected(reason=reason)]

    @decides("V-06", {"verified"})
    def publish(
        self,
        *,
        employer_stopped: bool,
        employer_documented: bool,
        wage: MinimumWage | None,
        recheck_days: int,
        occurred_on: date,
    ) -> list[Event]:
        """Publish a verified post of an employer in order (V-03, V-04, V-05, V-06)."""
        _check_employer(stopped=employer_stopped, documented=employer_documented)
        if self.terms:
            _check_terms(self.terms, wage)
        self._check_until(self.valid_until, occurred_on, recheck_days)
        return [Published()]

    @decides("V-00", {"published"})
    def pause(self, *, reason: str) -> list[Event]:
        """Take it off the board for a while."""
        return [Paused(reason=reason)]

    @decides("V-00", {"paused"})
    def resume(
        self,
        *,
        employer_stopped: bool,
        employer_documented: bool,
        recheck_days: int,
        occurred_on: date,
    ) -> list[Event]:
        """Put it back on the board, if employer and last day still allow it (V-04, V-05)."""
        _check_employer(stopped=employer_stopped, documented=employer_documented)
        self._check_until(self.valid_until, occurred_on, recheck_days)
        return [Resumed()]

    @decides("V-00", {"published", "paused"})
    def renew(self, *, valid_until: date, recheck_days: int, occurred_on: date) -> list[Event]:
        """Set a later last day, at most `recheck_days` after the last check (V-05, Q-16)."""
        self._check_until(valid_until, occurred_on, recheck_days)
        return [Renewed(valid_until=valid_until)]

    @decides("V-00", {"draft", "submitted", "published", "paused"})
    def revise(self, *, field: str, value: object, wage: MinimumWage | None) -> list[Event]:
        """Change one of the terms; pay, place and work have to be checked again (V-03, V-07)."""
        plain = msgspec.to_builtins(value, enc_hook=to_plain)
        try:
            terms = _revise(self.terms, field, plain) if self.terms else None
        except (KeyError, TypeError, msgspec.ValidationError):
            terms = None
        if terms is None:
            raise Refused(rule="V-00", text=N_("此项不能这样变更。"), field="field")
        _check_terms(terms, wage)
        _check_headcount(terms.headcount, len(self.filled))
        return [Revised(field=field, value=plain)]

    @decides("V-07", {"published", "paused"})
    def fill_seat(self, *, seeker: str, placement: int) -> list[Event]:
        """Note that a seeker began to work here (V-07)."""
        if (seeker, placement) in self.filled:
            raise Refused(rule="V-07", text=N_("该就业登记已占用本岗位的名额。"), field="seeker")
        _check_headcount(self.headcount, len(self.filled) + 1)
        return [SeatFilled(seeker=seeker, placement=placement)]

    @decides("V-00", ANY - {"draft"})
    def file_complaint(
        self, *, vacancy: str, reason: str, summary: str, person: str = ""
    ) -> list[Event]:
        """Take a complaint; `vacancy` is this stream, whose key seals it where nobody is named."""
        sealed = Sealed(person or vacancy, "summary", summary)
        return [ComplaintFiled(person=person or None, reason=reason, summary=sealed)]

    @decides("V-00", {"published"})
    def match_quickly(
        self, *, day: date, count: int, occurred_on: date, person: str = ""
    ) -> list[Event]:
        """Count people sent for a day's work (F-49)."""
        if count < 1 or (person and count != 1):
            raise Refused(rule="V-07", text=N_("人数须至少为1；指明个人时为1。"), field="count")
        if self.state_on(occurred_on) == "expired":
            raise Refused(rule="V-05", text=N_("岗位已过期，请先复核续期。"))
        return [QuickMatched(day=day, count=count, person=person or None)]

    @decides("V-00", ANY - {"draft", "withdrawn"})
    def withdraw(self, *, reason: str) -> list[Event]:
        """Take it down for good; after a false post the referred seekers are told."""
        if reason not in REASONS:
            raise Refused(rule="V-00", text=N_("没有这一撤下原因。"), field="reason")
        return [Withdrawn(reason=reason)]

    def _check_until(self, until: date | None, today: date, recheck_days: int) -> None:
        if until:
            _check_until(until, today, self.verified_on or today, recheck_days)


def _revise(terms: Drafted, field: str, value: object) -> Drafted:
    """Put one revised value into the terms."""
    typed = msgspec.convert(value, type=REVISABLE[field], dec_hook=from_plain)
    return msgspec.structs.replace(terms, **{field: typed})


def _check_terms(terms: Drafted, wage: MinimumWage | None) -> None:
    """Refuse terms without title, work or place, unlawful pay, and forbidden work (条例 33)."""
    for name in ("employer", "title", "work", "place"):
        if not getattr(terms, name).strip():
            raise Refused(rule="V-00", text=N_("岗位信息不完整，请补充。"), field=name)
    if not HAZARDS.issuperset(terms.hazards):
        raise Refused(rule="V-00", text=N_("没有这一危险作业类型。"), field="hazards")
    check_pay(pay_from=terms.pay_from, pay_to=terms.pay_to, unit=terms.pay_unit, wage=wage)
    check_age(age_from=terms.age_from, hazards=terms.hazards)


def _check_headcount(headcount: int, filled: int) -> None:
    """Refuse a post for nobody, or more people in work than were sought (V-07)."""
    if headcount < 1:
        raise Refused(rule="V-07", text=N_("招聘人数须至少为1人。"), field="headcount")
    if filled > headcount:
        raise Refused(
            rule="V-07",
            text=N_("已到岗{filled}人，多于招聘人数{headcount}人。"),
            field="headcount",
            filled=filled,
            headcount=headcount,
        )


def _check_until(until: date, today: date, checked_on: date, recheck_days: int) -> None:
    """Refuse a last day that is over, or too long after the last check (V-05, Q-16)."""
    if until < today:
        raise Refused(
            rule="V-05",
            text=N_("有效期至{until}，已早于办理日期。"),
            field="valid_until",
            until=until,
        )
    last = checked_on + timedelta(days=recheck_days)
    if until > last:
        raise Refused(
            rule="V-05",
            text=N_("有效期最长到{last}(核实后{days}天)，更长须重新探岗。"),
            field="valid_until",
            last=last,
            days=recheck_days,
        )


def _check_employer(*, stopped: bool, documented: bool) -> None:
    """Refuse an employer on the stop list or without legal documents (条例 35(9), V-04)."""
    if stopped:
        raise Refused(rule="V-04", text=N_("用人单位在停用名单上，不能发布岗位。"))
    if not documented:
        raise Refused(rule="V-04", text=N_("用人单位证照未核验或已过期，不能发布岗位。"))
