"""Story 6 in the browser, in Chinese, on its own days: 32 workers, two intakes, three instalments,
default, payment order, performance, closing, with every refusal on the way.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from application.database.embedded import EmbeddedServer
from domain.dispute import DisputeCase
from domain.dispute.records import Track
from domain.money import Fen
from tests.browser.site import Site, bare, running
from tests.browser.visitor import FIRST, Visitor
from yizhan.demo.people import Firm
from yizhan.demo.script import at

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.xdist_group("browser")]
AMOUNTS = [15_550] * 20 + [14_300] * 10 + [16_200] * 2
DUE = (date(2026, 2, 13), date(2026, 3, 16), date(2026, 4, 15))


@pytest.fixture
def desk(
    chromium: Browser, server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Visitor, Site]]:
    """An office on 2026-01-27 with nobody's case in it, and its mediator."""
    home = tmp_path_factory.mktemp("story-6")
    with running(server, home, tell=bare, moment=at(date(2026, 1, 27))) as site:
        context = chromium.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": 1366, "height": 900},
            base_url=site.address,
        )
        visitor = Visitor(context, site)
        visitor.sign_in("mediator")
        yield visitor, site
        context.close()
        assert visitor.troubles == []


class Story:
    """The case as it goes on from day to day."""

    def __init__(self, desk: Visitor, site: Site) -> None:
        self.desk, self.site, self.place = desk, site, ""

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
    """Two intakes, 32 claimants, application, acceptance, representatives."""
    people = story.site.stock.roster.crowd(32)
    story.place = "/disputes/new"
    story.do("record_intake", channel="walk_in", summary="32名工人两个月工资未发")
    story.do("attach_intake", channel="petition", outer_no="XF-0127", summary="信访转来同一事项")
    story.do("add_respondent", respondent=f"{firm.name} {firm.credit_code}", role="employer")
    table = "\n".join(
        f"{one.name} {one.id_no}\tC01\t2025-11\t2025-12\t{amount}.00"
        for one, amount in zip(people, AMOUNTS, strict=True)
    )
    story.do("state_claims_table", rows=table)
    story.do("receive_application", form="oral")
    story.shows("2026-01-30", "2026-02-11", "集体争议", "¥486,400.00")
    story.on(1, 28).do("accept")
    name = story.site.stock.places.staff["mediator"].person.name
    story.do("assign_mediator", mediator=name, role="主办")
    story.do("choose_representatives", representatives=story.workers[:4])
    assert len(story.state.intakes) == 2


def agreed(story: Story) -> list[str]:
    """A session that fails, an agreement for 30, two to arbitration; give who signs."""
    respondent = next(iter(story.state.respondents))
    both = [*story.workers[:4], respondent]
    story.on(2, 3).do("hold_session", present=both, minutes="双方差距较大，未达成一致")
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
    story.do("escalate", workers=two, route="arbitration", body="鹤山市仲裁委")
    story.shows("已达成协议", "¥438,000.00", "第 1 期 02-13")
    tracks = story.state.tracks
    assert (tracks[Track.AGREED], tracks[Track.ESCALATED]) == (30, 2)
    return both


def test_story_6_is_led_to_its_end_in_the_browser(desk: tuple[Visitor, Site]) -> None:
    story = Story(*desk)
    opened(story, story.site.stock.firm)
    both = agreed(story)
    story.on(2, 13).do("record_payment", voucher_no="P-1")
    story.refused("D-07", "record_payment", voucher_no="P-1")
    story.on(2, 24).refused("D-10", "apply_review", agreement=FIRST, by=both[:1])
    story.on(2, 25).refused("D-10", "apply_review", agreement=FIRST, by=both)
    story.on(3, 16).do("record_payment", voucher_no="P-2")
    story.on(4, 15)
    short = {f"lines.{n}": "" if n <= 20 else "4600" for n in range(1, 31)}
    story.do("record_payment", voucher_no="P-3", **short)
    story.refused("D-11", "record_default", agreement=FIRST, instalment="3")
    story.on(4, 16).do("record_default", agreement=FIRST, instalment="3")
    story.shows("逾期未履行", "¥100,000.00", "338,000.00 + 未付 100,000.00 = 协议 438,000.00")
    story.on(4, 20).do("apply_payment_order", agreement=FIRST, court="鹤山市人民法院")
    story.on(4, 28).do("issue_payment_order", ref_no="督1号")
    story.on(5, 20).do("serve_payment_order")
    story.desk.open(f"{story.place}/limits")
    assert "2026-06-04" in story.desk.words
    story.on(6, 1).refused("D-09", "close", outcome="settled_performed")
    story.on(6, 2).do("record_payment", voucher_no="P-4")
    story.do("close", outcome="settled_performed")
    story.shows("已结案")
    state = story.state
    assert (state.tracks[Track.PERFORMED], state.tracks[Track.ESCALATED]) == (30, 2)
    assert state.totals.paid == Fen(43_800_000)
    assert (state.settled_on, state.performed_on) == (date(2026, 2, 6), date(2026, 6, 2))
