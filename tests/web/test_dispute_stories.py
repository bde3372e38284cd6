"""Stories 6 and 7 of domain.md, played at the counter: forms, refusals, figures, the past."""

import re
from typing import Any

import pytest

from domain.dispute.records import Track
from domain.money import Fen
from tests.web.dispute_office import Office, id_no, lines, name_of, said, words
from tests.web.reading import typed
from tests.web.test_texts import CHINESE

EMPLOYER = "锦霞制衣（示例）有限公司 91449901MAXX000313"
AMOUNTS = [15_550] * 20 + [14_300] * 10 + [16_200] * 2
DUE = ("2026-02-13", "2026-03-16", "2026-04-15")
THIRD = lines(range(1, 21), "5000.00") + "\n" + lines(range(21, 31), "4600.00")


def wage_table(amounts: list[int]) -> str:
    return "\n".join(
        f"{name_of(n)} {id_no(n)}\tC01\t2025-11\t2025-12\t{amount}.00"
        for n, amount in enumerate(amounts, start=1)
    )


class Story:
    """A case that goes on from day to day."""

    def __init__(self, employer: str, **intake: str) -> None:
        self.office = Office()
        self.on, self.case = self.office.on, ""
        self.intake, self.employer_typed = intake, employer

    def open(self, table: str) -> None:
        self.case = self.office.do("new", "record_intake", summary="工资未发", **self.intake)
        self.do("add_respondent", respondent=self.employer_typed, role="employer")
        self.do("state_claims_table", rows=table)

    def do(self, verb: str, **values: Any) -> None:
        self.office.do(self.case, verb, **values)

    def refused(self, rule: str, verb: str, **values: Any) -> str:
        """Expect a refusal of this rule that keeps what was typed."""
        answer = self.office.ask(self.case, verb, **values)
        assert answer.status_code == 409, said(answer)
        assert f"规则 {rule}" in words(answer)
        kept = typed(answer)
        for name, value in values.items():
            if isinstance(value, str):
                assert kept[name] == value
        return words(answer)

    @property
    def workers(self) -> list[str]:
        return list(self.office.case(self.case).workers)

    @property
    def employer(self) -> str:
        return next(iter(self.office.case(self.case).respondents))

    @property
    def both(self) -> list[str]:
        return [self.workers[0], self.employer]


def story_6_agreed() -> Story:
    """Story 6 up to the agreement of 2026-02-06."""
    story = Story(EMPLOYER, channel="walk_in", applicant=f"{name_of(1)} {id_no(1)}")
    story.open(wage_table(AMOUNTS))
    story.do("attach_intake", channel="petition", outer_no="XF-0127", summary="信访")
    story.do("receive_application", form="oral")
    story.on(1, 28)
    story.do("accept")
    story.do("assign_mediator", mediator="staff-mediator", role="owner")
    leaders = story.workers[:4]
    story.do("choose_representatives", representatives=leaders)
    story.on(2, 3)
    story.do("hold_session", present=[*leaders, story.employer], minutes="未达成一致")
    story.on(2, 6)
    plan = "\n".join(
        f"{no}\t{day}\tbank\t{claim}\t{5000 if claim <= 20 else 4600}.00"
        for no, day in enumerate(DUE, start=1)
        for claim in range(1, 31)
    )
    story.do(
        "sign_agreement",
        signed_by=[*leaders, story.employer],
        sealed="1",
        lines=lines(range(1, 21), "15000") + "\n" + lines(range(21, 31), "13800"),
        perform_by=DUE[-1],
        instalments=plan,
        terms="分三期支付",
    )
    two = story.workers[30:]
    story.do("fail_mediation", workers=two, reason="different_claims")
    story.do("explain_routes", workers=two, routes=["arbitration"], method="in_person")
    story.do("escalate", workers=two, route="arbitration", body="鹤城区仲裁委")
    return story


def pay(story: Story, voucher: str, **values: str) -> None:
    """Pay what the form proposes, or the lines given."""
    story.do("record_payment", method="bank", voucher_no=voucher, **values)


@pytest.fixture(scope="module")
def performed() -> Story:
    """Story 6 to its end, with every refusal on the way."""
    story = story_6_agreed()
    state = story.office.case(story.case)
    assert (state.totals.claimed, state.totals.agreed) == (Fen(48_640_000), Fen(43_800_000))
    assert (state.tracks[Track.AGREED], state.tracks[Track.ESCALATED]) == (30, 2)
    assert (state.standing, len(state.intakes), state.collective) == ("AGREED", 2, True)
    page = words(story.office.page(story.case))
    assert "2026-02-11" in page
    assert "¥438,000.00" in page
    story.on(2, 13)
    pay(story, "P-1")
    story.refused("D-07", "record_payment", method="bank", voucher_no="P-1")
    story.on(2, 24)
    assert "双方共同" in story.refused("D-10", "apply_review", agreement="1", by=story.workers[:1])
    story.on(2, 25)
    assert "2026-02-24" in story.refused("D-10", "apply_review", agreement="1", by=story.both)
    story.on(3, 16)
    pay(story, "P-2")
    story.on(4, 15)
    pay(story, "P-3", lines=lines(range(21, 31), "4600"))
    story.refused("D-11", "record_default", agreement="1", instalment="3")
    story.on(4, 16)
    story.do("record_default", agreement="1", instalment="3")
    state = story.office.case(story.case)
    assert (state.standing, state.totals.outstanding) == ("DEFAULTED", Fen(10_000_000))
    assert (state.tracks[Track.PERFORMED], state.tracks[Track.DEFAULTED]) == (10, 20)
    page = words(story.office.page(story.case))
    assert "338,000.00 + 未付 100,000.00 = 协议 438,000.00" in page
    story.on(4, 20)
    story.do("apply_payment_order", agreement="1", court="鹤城区法院")
    story.on(4, 28)
    story.do("issue_payment_order", ref_no="督1号")
    story.on(5, 20)
    story.do("serve_payment_order")
    assert "2026-06-04" in words(story.office.page(story.case))
    story.on(6, 1)
    story.refused("D-09", "close", outcome="settled_performed")
    story.on(6, 2)
    pay(story, "P-4")
    story.do("close", outcome="settled_performed")
    return story


def test_story_6_ends_with_thirty_performed_and_two_escalated(performed: Story) -> None:
    state = performed.office.case(performed.case)
    assert (state.tracks[Track.PERFORMED], state.tracks[Track.ESCALATED]) == (30, 2)
    assert (state.standing, state.totals.paid) == ("CLOSED", Fen(43_800_000))


def test_a_past_page_shows_what_was_known_then_without_acts_or_full_names(
    performed: Story,
) -> None:
    page = performed.office.page(performed.case, "?as_of=2026-04-16")
    text = words(page)
    assert "历史状态" in text
    assert "逾期未履行" in text
    assert "100,000.00" in text
    assert name_of(1) not in text
    assert f"{name_of(1)[0]}*" in text
    assert f"/disputes/{performed.case}/record_payment" not in page.text


def test_a_past_page_leads_to_the_record_before_and_after(performed: Story) -> None:
    page = performed.office.page(performed.case, "?at=3")
    assert '?at=2"' in page.text
    assert '?at=4"' in page.text
    assert "第 3/" in words(page)


def test_an_auditor_sees_masked_names_and_no_acts(performed: Story) -> None:
    page = performed.office.page(performed.case, as_="auditor")
    assert page.status_code == 200
    assert name_of(1) not in page.text
    assert "工资未发" not in page.text
    assert f"/disputes/{performed.case}/add_note" not in page.text


def test_each_reading_leaves_a_row_and_no_copy(performed: Story) -> None:
    before = len(performed.office.reads.rows)
    page = performed.office.page(performed.case)
    assert performed.office.reads.rows[before:] == [("view", "staff-mediator", performed.case)]
    assert page.headers["cache-control"] == "no-store"


def test_no_name_or_number_stands_in_an_address(performed: Story) -> None:
    page = performed.office.page(performed.case)
    for address in re.findall(r'(?:href|action)="([^"]*)"', page.text):
        assert name_of(1) not in address
        assert id_no(1) not in address


def test_a_raw_record_shows_its_place_and_keeps_sealed_text_sealed(performed: Story) -> None:
    page = performed.office.browser("auditor").get(f"/disputes/{performed.case}/events/1")
    assert "dispute.intake_recorded" in words(page)
    assert "工资未发" not in page.text
    missing = performed.office.browser().get(f"/disputes/{performed.case}/events/999")
    assert missing.status_code == 404


def test_an_english_page_shows_chinese_only_where_people_typed_it(performed: Story) -> None:
    office = performed.office
    token = re.findall(r'name="csrf" value="([^"]+)"', office.page(performed.case).text)[0]
    office.browser().post("/look", data={"csrf": token, "language": "en"})
    statutes = r'<span lang="zh-CN">[^<]*</span>'
    drawn = re.sub(statutes, "", office.page(performed.case).text)
    text = re.sub(r"<[^>]*>", "\n", drawn)
    office.browser().post("/look", data={"csrf": token, "language": "zh-CN"})
    typed_here = ["锦霞制衣（示例）有限公司", "鹤劳调", "号", "鹤城镇就业驿站", "何志远", "王敏"]
    typed_here += [
        "工资未发",
        "信访",
        "未达成一致",
        "分三期支付",
        "鹤城区仲裁委",
        "鹤城区法院",
        "督1",
        "中文",
    ]
    typed_here += [name_of(n) for n in range(1, 33)]
    for name in typed_here:
        text = text.replace(name, "")
    assert [line for line in text.splitlines() if CHINESE.search(line)] == []


def test_story_7_fails_goes_to_arbitration_and_counts_the_award_apart() -> None:
    story = Story("欣荣五金（示例）厂 91449901MAXX000313", channel="walk_in")
    story.on(3, 2)
    story.open("李国栋 449902200102030373\tC03\t2025-09\t2025-11\t8960")
    (li,) = story.workers
    story.do("end_employment", worker=li, ended_on="2025-11-30", reason="dismissed")
    story.do("receive_application", form="written")
    page = words(story.office.page(story.case))
    assert "2026-03-17" in page
    assert "2027-03-02" in page
    story.on(3, 3)
    story.do("accept")
    story.do("assign_mediator", mediator="staff-mediator", role="owner")
    for number, day in enumerate((9, 16), start=1):
        story.do(
            "schedule_session",
            on=f"2026-03-{day:02d}",
            from_at="09:00",
            to_at="10:00",
            place="一室",
        )
        story.on(3, day)
        story.do("miss_session", session=str(number), absent=[story.employer])
    story.on(3, 17)
    story.do("fail_mediation", workers=[li], reason="no_show")
    told = story.refused("D-17", "escalate", workers=[li], route="arbitration", body="鹤城区仲裁委")
    assert "转出前须先告知李国栋" in told  # by name, and to no one by an id
    assert li not in told
    story.do("explain_routes", workers=[li], routes=["arbitration"], method="in_person")
    story.on(3, 18)
    story.do("refer_legal_aid", workers=[li], centre="鹤城区法律援助中心")
    story.do("escalate", workers=[li], route="arbitration", body="鹤城区仲裁委")
    story.do("file_arbitration", workers=[li], commission="鹤城区仲裁委")
    assert "2026-03-25" in words(story.office.page(story.case))
    story.on(3, 20)
    story.do("accept_arbitration", ref_no="鹤劳仲1号")
    assert "2026-05-06" in words(story.office.page(story.case))
    story.on(4, 29)
    story.do(
        "record_result",
        procedure="arbitration",
        result="awarded",
        workers=[li],
        final="1",
        awards="1\t7450",
        received_on="2026-04-29",
    )
    story.on(5, 18)
    blocked = story.office.browser().get(f"/disputes/{story.case}/record_payment")
    assert blocked.status_code == 409
    assert "D-07" in words(blocked)
    story.do(
        "pay_award",
        payer=story.employer,
        fund="employer",
        method="bank",
        voucher_no="A-1",
        lines="1\t7450",
    )
    story.do("close", outcome="failed_escalated")
    state = story.office.case(story.case)
    assert (state.totals.paid, state.totals.award_paid) == (Fen(0), Fen(745_000))
    assert "¥7,450.00" in words(story.office.page(story.case))


def test_story_8_is_paid_at_once_without_any_arbitration_clock() -> None:
    story = Story("明灿灯饰（示例）有限公司 91449901MAXX000313", channel="walk_in")
    story.on(7, 15, 2025)
    story.open(f"{name_of(1)} {id_no(1)}\tC14\t2025-06\t2025-06\t1243.20")
    story.do("receive_application", form="oral")
    story.on(7, 16, 2025)
    story.do("accept")
    story.do("assign_mediator", mediator="staff-mediator", role="owner")
    limits = words(story.office.browser().get(f"/disputes/{story.case}/limits"))
    assert "DL-03" in limits
    assert "DL-08" not in limits
    assert "DL-09" not in limits
    story.on(7, 22, 2025)
    story.refused("D-09", "close", outcome="paid_immediately")
    story.do(
        "pay_immediately",
        payer=story.employer,
        fund="employer",
        method="cash",
        voucher_no="JJ-2025-06-01",
        lines="1\t1243.20",
        settles="1",
    )
    state = story.office.case(story.case)
    assert (state.standing, state.totals.paid) == ("PERFORMED", Fen(124_320))
    story.do("close", outcome="paid_immediately")
    page = words(story.office.page(story.case))
    assert "¥1,243.20" in page
    assert "已结案" in page
    assert story.office.case(story.case).outcome == "paid_immediately"
