"""Households 家庭户: zero-employment families, declared and cleared (就业促进法 56, H-01 on)."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from domain.amending import Amendable
from domain.codes import known, table
from domain.kernel import N_, Correction, Event, Refused, Sealed, Voiding, applies, decides
from domain.money import Fen

KIND_CODES = table("""urban | 城镇 | urban
rural | 农村 | rural""")
KINDS = frozenset(KIND_CODES)
RELATIONS = table("""self | 本人 | the person
spouse | 配偶 | spouse
child | 子女 | child
parent | 父母 | parent
grandparent | 祖父母 | grandparent
sibling | 兄弟姐妹 | sibling
other | 其他 | other""")
INCOMES = table("""wage | 工资 | wage
business | 经营 | business
pension | 养老金 | pension
allowance | 低保或救助 | allowance
subsidy | 补贴 | subsidy
none | 无收入 | none""")
OPEN = frozenset({"active", "declared"})


# Facts


class Registered(Event, frozen=True, kw_only=True):
    """家庭户登记: urban or rural, and its county."""

    TOPIC = "household.registered"

    kind: str
    domicile: str


class MemberAdded(Event, frozen=True, kw_only=True):
    """增加成员: able to work, and willing to."""

    TOPIC = "household.member_added"

    person: str
    relation: str
    able: bool
    willing: bool


class MemberRemoved(Event, frozen=True, kw_only=True):
    """减少成员."""

    TOPIC = "household.member_removed"

    person: str
    reason: str


class IncomeStated(Event, frozen=True, kw_only=True):
    """登记收入: of one member, where it comes from; the amount a month is sealed."""

    TOPIC = "household.income_stated"

    person: str
    source_of_income: str
    monthly: Sealed


class ZeroEmploymentDeclared(Event, frozen=True, kw_only=True):
    """认定零就业家庭: `clear_by` is a local promise, else derived."""

    TOPIC = "household.zero_employment_declared"

    clear_by: date | None = None


class ZeroEmploymentCleared(Event, frozen=True, kw_only=True):
    """动态清零: by which member's placement."""

    TOPIC = "household.zero_employment_cleared"

    member: str
    seeker: str
    placement: int


class ZeroEmploymentWithdrawn(Event, frozen=True, kw_only=True):
    """撤销认定."""

    TOPIC = "household.zero_employment_withdrawn"

    reason: str


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正: the reason may speak of people and is sealed."""

    TOPIC = "household.record_corrected"

    reason: Sealed


class FactVoided(Voiding, frozen=True, kw_only=True):
    """作废."""

    TOPIC = "household.fact_voided"

    reason: str


# State


class Member(NamedTuple):
    """A member, and whether able and willing to work."""

    person: str
    relation: str
    able: bool
    willing: bool


class Household(Amendable):
    """A household as it reads now."""

    CORRECTED, VOIDED = RecordCorrected, FactVoided

    kind: str = ""
    domicile: str = ""
    members: tuple[Member, ...] = ()
    declared_on: date | None = None
    clear_by: date | None = None
    cleared_on: date | None = None
    cleared_by: tuple[str, str, int] | None = None  # member, case, placement

    @property
    def standing(self) -> str:
        """`-`, active or declared."""
        if self.version == 0:
            return "-"
        return "declared" if self.declared_on else "active"

    @property
    def persons(self) -> frozenset[str]:
        """Everybody who lives here."""
        return frozenset(member.person for member in self.members)

    @property
    def seeking(self) -> frozenset[str]:
        """Those who are able and willing to work."""
        return frozenset(m.person for m in self.members if m.able and m.willing)

    def lapsed(self, working: Collection[str]) -> bool:
        """Say whether nobody has work again after a clearing: a human looks into it (art 56)."""
        cleared = self.cleared_on is not None and self.declared_on is None
        return cleared and not self.seeking.intersection(working)

    def balanced(self) -> None:
        """Refuse an amendment that puts a person here twice or empties a declaration."""
        if len(self.persons) < len(self.members):
            _refuse_twice()
        if self.declared_on and not self.seeking:
            _refuse_nobody()

    @applies(Registered)
    def _registered(self, fact: Registered, _on: date) -> None:
        self.kind, self.domicile = fact.kind, fact.domicile

    @applies(MemberAdded)
    def _member_added(self, fact: MemberAdded, _on: date) -> None:
        member = Member(fact.person, fact.relation, fact.able, fact.willing)
        self.members = (*self.members, member)

    @applies(MemberRemoved)
    def _member_removed(self, fact: MemberRemoved, _on: date) -> None:
        self.members = tuple(m for m in self.members if m.person != fact.person)

    @applies(IncomeStated)
    def _income_stated(self, _fact: IncomeStated, _on: date) -> None:
        """Keep nothing: the page reads the latest of each member from the history."""

    @applies(ZeroEmploymentDeclared)
    def _zero_employment_declared(self, fact: ZeroEmploymentDeclared, on: date) -> None:
        self.declared_on, self.clear_by, self.cleared_on = on, fact.clear_by, None

    @applies(ZeroEmploymentCleared)
    def _zero_employment_cleared(self, fact: ZeroEmploymentCleared, on: date) -> None:
        self.declared_on, self.clear_by, self.cleared_on = None, None, on
        self.cleared_by = (fact.member, fact.seeker, fact.placement)

    @applies(ZeroEmploymentWithdrawn)
    def _zero_employment_withdrawn(self, _fact: ZeroEmploymentWithdrawn, _on: date) -> None:
        self.declared_on, self.clear_by = None, None

    # Decisions

    @decides("H-00", {"-"})
    def register(self, *, kind: str, domicile: str) -> list[Event]:
        """Write a household down."""
        if kind not in KINDS:
            raise Refused(rule="H-00", text=N_("户口类型须为城镇或农村。"), field="kind")
        return [Registered(kind=kind, domicile=domicile)]

    @decides("H-00", OPEN)
    def add_member(
        self, *, person: str, relation: str, able: bool, willing: bool, elsewhere: str = ""
    ) -> list[Event]:
        """Add a member who is in no other active household, `elsewhere` (H-01, S-15)."""
        if person in self.persons or elsewhere:
            _refuse_twice()
        return [MemberAdded(person=person, relation=relation, able=able, willing=willing)]

    @decides("H-00", OPEN)
    def remove_member(self, *, person: str, reason: str) -> list[Event]:
        """Take a member off; a declared household keeps one who seeks work (H-02)."""
        if person not in self.persons:
            raise Refused(rule="H-00", text=N_("此人不是本户成员。"), field="person")
        if self.declared_on and not self.seeking - {person}:
            _refuse_nobody()
        return [MemberRemoved(person=person, reason=reason)]

    @decides("H-00", OPEN)
    def state_income(self, *, person: str, source_of_income: str, monthly: Fen) -> list[Event]:
        """Note what a member brings home in a month; nothing is an answer, too."""
        if person not in self.persons:
            raise Refused(rule="H-00", text=N_("此人不是本户成员。"), field="person")
        known(source_of_income, INCOMES, "source_of_income")
        if monthly < 0:
            raise Refused(rule="H-00", text=N_("收入不能为负。"), field="monthly")
        return [
            IncomeStated(
                person=person,
                source_of_income=source_of_income,
                monthly=Sealed(person, "monthly", int(monthly)),
            )
        ]

    @decides("H-02", {"active"})
    def declare_zero(self, *, placed: Collection[str], clear_by: date | None = None) -> list[Event]:
        """Declare that nobody able and willing has work; `placed` have a running placement.

        S-15 is cited for a placed member, H-02 where nobody seeks work (就业促进法 56).
        """
        if not self.seeking:
            _refuse_nobody()
        if working := sorted(self.seeking.intersection(placed)):
            raise Refused(
                rule="S-15",
                text=N_("家庭成员{person}已有就业登记，不能认定为零就业家庭。"),
                field="placed",
                person=working[0],
            )
        return [ZeroEmploymentDeclared(clear_by=clear_by)]

    @decides("H-03", {"declared"})
    def clear_zero(
        self,
        *,
        member: str,
        seeker: str,
        placement: int,
        verified: bool,
        start_on: date,
        occurred_on: date,
    ) -> list[Event]:
        """Clear by a member's verified placement that has begun (S-15, H-03)."""
        if member not in self.persons or not verified:
            raise Refused(
                rule="S-15",
                text=N_("清零须有本户成员经核实的就业登记。"),
                field="member",
            )
        if occurred_on < start_on:
            raise Refused(
                rule="H-03",
                text=N_("就业登记{start_on}才开始，不能提前清零。"),
                field="occurred_on",
                start_on=start_on,
            )
        return [ZeroEmploymentCleared(member=member, seeker=seeker, placement=placement)]

    @decides("H-03", {"declared"})
    def withdraw_zero(self, *, reason: str) -> list[Event]:
        """Withdraw a declaration that was wrong."""
        return [ZeroEmploymentWithdrawn(reason=reason)]


def _refuse_twice() -> None:
    raise Refused(
        rule="H-01",
        text=N_("此人已是家庭户成员，不能登记两次，也不能同时在两户。"),
        field="person",
    )


def _refuse_nobody() -> None:
    raise Refused(
        rule="H-02", text=N_("零就业家庭须至少有一名有劳动能力和就业意愿的成员。"), field="person"
    )
