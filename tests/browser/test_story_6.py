"""Story 6 in the browser, in Chinese, on its own days: 32 workers, two intakes, three instalments,
default, payment order, performance, closing, with every refusal on the way.

The mediator prints every paper of each stage, and two of the workers follow on their phones.
"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from application.database.embedded import EmbeddedServer
from domain.dispute.papers import PAPERS
from domain.dispute.records import Track
from domain.money import Fen
from tests.browser import story_6
from tests.browser.papers import Worker, codes, paper
from tests.browser.site import Site, bare, running
from tests.browser.story_6 import HOSTILE, Story
from tests.browser.visitor import Visitor
from yizhan.demo.script import at

Come = Callable[[int], Visitor]
PHONE = 390


@pytest.fixture
def office(
    chromium: Browser, server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Come]]:
    """An office on 2026-01-27 with nobody's case in it, and a way for people to come."""
    home = tmp_path_factory.mktemp("story-6")
    came: list[Visitor] = []
    with running(server, home, bare, moment=at(date(2026, 1, 27))) as site:

        def come(width: int) -> Visitor:
            context = chromium.new_context(
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                viewport={"width": width, "height": 900},
                base_url=site.address,
            )
            came.append(Visitor(context, site))
            return came[-1]

        yield site, come
        for visitor in came:
            visitor.context.close()
    assert [trouble for visitor in came for trouble in visitor.troubles] == []


class Walk:
    """The mediator with the case, and the first and the last claimant on their phones."""

    def __init__(self, site: Site, come: Come) -> None:
        desk = come(1366)
        desk.sign_in("mediator")
        self.story, self.firm, self.come = Story(desk, site), site.stock.firm.name, come
        self.first, self.last = (self.story.people[at].name for at in (0, -1))
        self.one = self.other = self.number = ""
        self.kinds: set[str] = set()

    def prints(self, kind: str, *words: str, **asked: str) -> bytes:
        """Print a paper that names the case and says these words."""
        self.kinds.add(kind)
        return paper(self.story.desk, self.story.place, kind, self.number, *words, **asked)

    def begins(self) -> None:
        story_6.opened(self.story, self.story.site.stock.firm)
        self.one, self.other = self.story.workers[0], self.story.workers[-1]
        self.number = next(iter(self.story.state.intakes))
        self.prints("application", self.first, self.last, self.firm)
        held = codes(self.story.desk, self.story.place, self.one, self.other)
        self.worker, self.moved = (Worker(self.come(PHONE), code) for code in held)
        self.worker.sees(self.number, "正在决定是否受理", "2026-01-30")

    def is_accepted(self) -> None:
        story_6.accepted(self.story)
        self.number = self.story.state.case_no
        own = self.prints("acceptance", self.first, self.firm, "2026-02-11", worker=self.one)
        self.prints("acceptance", self.last, worker=self.other)
        self.prints("representatives", self.first)
        self.prints("summons", self.first, self.firm, "调解室")
        self.prints("petition_reply")
        self.prints("cover", self.first, self.firm)
        self.worker.sees(self.number, "等待通知调解时间", "2026-02-03 14:00 调解室")
        self.worker.opens("受理通知书", own)

    def is_agreed(self) -> None:
        both = story_6.agreed(self.story)
        self.prints("minutes", self.first, "双方差距较大，未达成一致")
        own = self.prints("agreement", self.first, self.firm, "15,000.00", worker=self.one)
        self.prints("agreement", self.first, self.firm, "438,000.00")
        self.prints("review", self.first, self.firm)
        self.prints("confirmation", self.first, self.firm)
        self.prints("failure", self.last, self.firm, worker=self.other)
        self.prints("transfer", self.last, "鹤山市仲裁委")
        self.prints("legal_aid", self.last, "鹤山市法律援助中心")
        self.worker.sees(self.number, "对方应按下表付款", "¥15,000.00", "2026-02-13")
        self.worker.opens("调解协议书", own)
        self.moved.sees(self.number, "已转到其他机构办理", "鹤山市仲裁委")
        story_6.two_instalments(self.story, both)
        self.worker.sees(self.number, "对方已开始付款", "还欠 ¥5,000.00", "2026-04-15")

    def is_in_default(self) -> None:
        story_6.defaulted(self.story)
        self.prints("receipt", self.first, self.firm, "5,000.00", about="1", worker=self.one)
        self.prints("receipt", "146,000.00", about="2")
        self.prints("receipt", "46,000.00", about="3")
        self.prints("performance", self.first, "338,000.00", "100,000.00")
        self.prints("order", self.first, "100,000.00")
        self.worker.sees(self.number, "对方没有按期付款", "还欠 ¥5,000.00", "申请支付令")

    def is_performed_and_closed(self) -> None:
        story_6.ordered(self.story)
        story_6.performed(self.story)
        self.prints("receipt", "100,000.00", about="4")
        self.worker.sees(self.number, "款项已付清，正在办理结案。")
        self.story.do("close", outcome="settled_performed")
        self.story.shows("已结案")
        own = self.prints("closing", self.first, self.firm, worker=self.one)
        self.prints("closing_form", self.first, "438,000.00")
        self.prints("summary", self.first, self.last, "438,000.00")
        self.worker.sees(self.number, "本案已办结。", "已付 ¥15,000.00")
        self.worker.opens("结案通知书", own)
        self.moved.sees(self.number, "本案已办结。")


def test_story_6_with_every_paper_on_the_way_and_the_workers_following(
    office: tuple[Site, Come],
) -> None:
    walk = Walk(*office)
    assert walk.last == HOSTILE
    walk.begins()
    walk.is_accepted()
    walk.is_agreed()
    walk.is_in_default()
    walk.is_performed_and_closed()
    state = walk.story.state
    assert (state.tracks[Track.PERFORMED], state.tracks[Track.ESCALATED]) == (30, 2)
    assert state.totals.paid == Fen(43_800_000)
    assert (state.settled_on, state.performed_on) == (date(2026, 2, 6), date(2026, 6, 2))
    assert walk.kinds == set(PAPERS) - {"refusal"}  # the case was accepted
