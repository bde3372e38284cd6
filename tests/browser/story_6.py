"""Story 6 of domain.md on its own days: the steps that a mediator does in the browser."""

from datetime import date

from domain.dispute import DisputeCase
from domain.dispute.records import Track
from tests.browser.site import Site
from tests.browser.visitor import FIRST, Visitor
from yizhan.demo.people import Firm, Someone
from yizhan.demo.script import at

AMOUNTS = [15_550] * 20 + [14_300] * 10 + [16_200] * 2
DUE = (date(2026, 2, 13), date(2026, 3, 16), date(2026, 4, 15))
HOSTILE = '#eval("x")]'  # what the last claimant is called


class Story:
    """The case as it goes on from day to day."""

    def __init__(self, desk: Visitor, site: Site) -> None:
        self.desk, self.site, self.place = desk, site, ""
        self.people: list[Someone] = site.stock.roster.crowd(31)
        self.people.append(site.stock.roster.person(HOSTILE))

    @property
    def state(self) -> DisputeCase:
        return self.site.office.store.load(DisputeCase, self.place.rpartition("/")[2])

    @property
    def workers(self) -> list[str]:
        return list(self.state.workers)

    def on(self, month: int, day: int) -> "Story":
        """Let it be another day; who was signed in is asked to sign in again."""
        self.site.travel(at(date(2026, month, day), 10))
        self.desk.sign_in("mediator")
        return self

    def do(self, verb: str, **values: object) -> None:
        self.place = self.desk.do(self.place, verb, **values).partition("#")[0]

    def refused(self, rule: str, verb: str, **values: object) -> None:
        assert f"规则 {rule}" in self.desk.refused(self.place, verb, **values)

    def shows(self, *words: str) -> None:
        self.desk.open(self.place)
        for said in words:
            assert said in self.desk.words, said


def opened(story: Story, firm: Firm) -> None:
    """Two intakes of one fact, 32 claimants, their application."""
    story.place = "/disputes/new"
    story.do("record_intake", channel="walk_in", summary="32名工人两个月工资未发")
    story.do("attach_intake", channel="petition", outer_no="XF-0127", summary="信访转来同一事项")
    story.do("add_respondent", respondent=f"{firm.name} {firm.credit_code}", role="employer")
    table = "\n".join(
        f"{one.name} {one.id_no}\tC01\t2025-11\t2025-12\t{amount}.00"
        for one, amount in zip(story.people, AMOUNTS, strict=True)
    )
    story.do("state_claims_table", rows=table)
    story.do("receive_application", form="oral")
    story.shows("2026-01-30", "2026-02-11", "集体争议", "¥486,400.00")
    assert len(story.state.intakes) == 2


def accepted(story: Story) -> None:
    """Acceptance, mediator, representatives, and the summons to a session."""
    story.on(1, 28).do("accept")
    name = story.site.stock.places.staff["mediator"].person.name
    story.do("assign_mediator", mediator=name, role="主办")
    story.do("choose_representatives", representatives=story.workers[:4])
    story.do("schedule_session", on="2026-02-03", from_at="14:00", to_at="15:30", place="调解室")


def agreed(story: Story) -> list[str]:
    """A session that fails, an agreement for 30, two to arbitration; give who signs."""
    respondent = next(iter(story.state.respondents))
    both = [*story.workers[:4], respondent]
    story.on(2, 3).do(
        "hold_session", session=FIRST, present=both, minutes="双方差距较大，未达成一致"
    )
    story.on(2, 6)
    lines = {f"lines.{n}": "15000" if n <= 20 else "13800" if n <= 30 else "" for n in range(1, 33)}
    story.do(
        "sign_agreement",
        signed_by=both,
        sealed=True,
        perform_by=str(DUE[-1]),
        instalments="\n".join(f"{no}\t{day}" for no, day in enumerate(DUE, start=1)),
        terms="分三期支付",
        **lines,
    )
    two = story.workers[30:]
    story.do("fail_mediation", workers=two, reason="different_claims")
    story.refused("D-17", "escalate", workers=two, route="arbitration", body="鹤山市仲裁委")
    story.do("explain_routes", workers=two, routes=["arbitration"], method="in_person")
    story.do("refer_legal_aid", workers=two, centre="鹤山市法律援助中心")
    story.do("escalate", workers=two, route="arbitration", body="鹤山市仲裁委")
    story.shows("已达成协议", "¥438,000.00", "第 1 期 02-13")
    tracks = story.state.tracks
    assert (tracks[Track.AGREED], tracks[Track.ESCALATED]) == (30, 2)
    return both


def two_instalments(story: Story, both: list[str]) -> None:
    """Two payments in time, and an arbitration review that one side and then both ask too late."""
    story.on(2, 13).do("record_payment", voucher_no="P-1")
    story.refused("D-07", "record_payment", voucher_no="P-1")
    story.on(2, 24).refused("D-10", "apply_review", agreement=FIRST, by=both[:1])
    story.on(2, 25).refused("D-10", "apply_review", agreement=FIRST, by=both)
    story.on(3, 16).do("record_payment", voucher_no="P-2")


def defaulted(story: Story) -> None:
    """The third instalment comes short; default from the day after."""
    story.on(4, 15)
    short = {f"lines.{n}": "" if n <= 20 else "4600" for n in range(1, 31)}
    story.do("record_payment", voucher_no="P-3", **short)
    story.refused("D-11", "record_default", agreement=FIRST, instalment="3")
    story.on(4, 16).do("record_default", agreement=FIRST, instalment="3")
    story.shows("逾期未履行", "¥100,000.00", "338,000.00 + 未付 100,000.00 = 协议 438,000.00")


def ordered(story: Story) -> None:
    """A payment order is asked for, issued and served."""
    story.on(4, 20).do("apply_payment_order", agreement=FIRST, court="鹤山市人民法院")
    story.on(4, 28).do("issue_payment_order", ref_no="督1号")
    story.on(5, 20).do("serve_payment_order")
    story.desk.open(f"{story.place}/limits")
    assert "2026-06-04" in story.desk.words


def performed(story: Story) -> None:
    """The rest is paid; before, the case cannot be closed as performed."""
    story.on(6, 1).refused("D-09", "close", outcome="settled_performed")
    story.on(6, 2).do("record_payment", voucher_no="P-4")
