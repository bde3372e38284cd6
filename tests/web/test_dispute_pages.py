"""The page and the forms of a dispute: what is refused says why, and 300 workers are drawn."""

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from domain.calendar import shipped
from domain.dispute.records import Stage
from tests.web import test_dispute_stories as stories
from tests.web.dispute_office import Office, lines, words
from tests.web.reading import Form, act_form
from web.disputes import ACTS

Made = Callable[[], stories.Story]


def received() -> stories.Story:
    story = stories.Story(stories.EMPLOYER, channel="walk_in")
    story.open(stories.wage_table([1_000, 2_000]))
    story.do("receive_application", form="oral")
    return story


def intake() -> stories.Story:
    story = stories.Story(stories.EMPLOYER, channel="walk_in")
    story.case = story.office.do("new", "record_intake", summary="来访", **story.intake)
    return story


def accepted() -> stories.Story:
    story = received()
    story.do("accept")
    return story


def assigned() -> stories.Story:
    story = accepted()
    story.do("assign_mediator", mediator="staff-mediator", role="owner")
    return story


def mediating() -> stories.Story:
    story = assigned()
    story.do("hold_session", present=story.both, minutes="未果")
    return story


def suspended() -> stories.Story:
    story = mediating()
    story.do("suspend", reason="force_majeure", resume_when="汛期过后")
    return story


def failed() -> stories.Story:
    story = mediating()
    story.do("fail_mediation", workers=story.workers, reason="days_over")
    return story


def performing() -> stories.Story:
    story = stories.story_6_agreed()
    story.on(2, 13)
    stories.pay(story, "P-1")
    return story


def defaulted() -> stories.Story:
    story = stories.story_6_agreed()
    story.on(2, 14)
    story.do("record_default", agreement="1", instalment="1")
    return story


def escalated() -> stories.Story:
    story = failed()
    story.do("explain_routes", workers=story.workers, routes=["court"], method="in_person")
    story.do("escalate", workers=story.workers, route="court", body="法院")
    return story


def performed() -> stories.Story:
    story = mediating()
    paid = {"payer": story.employer, "fund": "employer", "method": "cash", "voucher_no": "V-1"}
    story.do("pay_immediately", **paid, lines="1\t1000\n2\t2000", settles="1")
    return story


def closed() -> stories.Story:
    story = received()
    story.do("not_accept", reason="no_relation", told_route="court")
    return story


STAGES: dict[str, Made] = {
    "INTAKE": intake,
    "RECEIVED": received,
    "ACCEPTED": accepted,
    "ASSIGNED": assigned,
    "MEDIATING": mediating,
    "SUSPENDED": suspended,
    "FAILED": failed,
    "AGREED": stories.story_6_agreed,
    "PERFORMING": performing,
    "DEFAULTED": defaulted,
    "ESCALATED": escalated,
    "PERFORMED": performed,
    "CLOSED": closed,
}


def test_every_stage_of_a_case_has_been_made() -> None:
    assert STAGES.keys() == {stage.value for stage in Stage}


@pytest.mark.parametrize("stage", STAGES)
def test_what_the_page_shows_as_refused_the_server_refuses_and_only_that(stage: str) -> None:
    story = STAGES[stage]()
    assert story.office.case(story.case).standing == stage
    browser = story.office.browser("station_manager")
    page = browser.get(f"/disputes/{story.case}")
    note = act_form(browser.get(f"/disputes/{story.case}/add_note"))
    for act in ACTS:
        if act.begins or act.right == "case.receive":
            continue
        place = f"/disputes/{story.case}/{act.verb}"
        refused = f'id="why-{act.verb}"' in page.text
        assert refused == (f'href="{place}"' not in page.text), act.verb
        assert browser.get(place).status_code == (409 if refused else 200), act.verb
        state = story.office.case(story.case)
        assert refused == (state.why_not(act.verb) is not None), act.verb
        if refused and not [field for field in act.fields if field.required]:
            assert sent(story.office, place, note) == 409, act.verb


def sent(office: Office, place: str, form: Form) -> int:
    """Send a form without fields of its own past the page that would not draw it."""
    values = {key: form.values[key] for key in ("csrf", "command_id", "version", "occurred_on")}
    return office.browser("station_manager").post(place, data=values).status_code


def of_workers(count: int) -> stories.Story:
    story = stories.Story(stories.EMPLOYER, channel="walk_in")
    story.open(stories.wage_table([10_000 + n for n in range(count)]))
    story.do("receive_application", form="written")
    return story


def questions(story: stories.Story, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is asked of the log and of the people while the case is drawn."""
    asked = Counter[str]()

    def counted(name: str, ask: Callable[..., object]) -> Callable[..., object]:
        def counting(*given: object, **named: object) -> object:
            asked[name] += 1
            return ask(*given, **named)

        return counting

    with monkeypatch.context() as patch:
        for found, name in (
            (story.office.store, "history"),
            (story.office.persons, "names"),
            (story.office.persons, "view"),
        ):
            patch.setattr(found, name, counted(name, getattr(found, name)))
        story.office.page(story.case)
    return asked


def test_a_case_of_300_workers_is_drawn_in_part_or_whole() -> None:
    story = of_workers(300)
    page = story.office.page(story.case)
    assert "合计 300 人" in words(page)
    assert page.text.count('<td class="who">') == 50
    whole = story.office.page(story.case, "?all=1")
    assert whole.text.count('<td class="who">') == 300


# How long it takes is measured by bench/disputes.py.
def test_a_case_of_300_workers_asks_no_more_than_one_of_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few, many = (questions(of_workers(count), monkeypatch) for count in (2, 300))
    assert few["history"]
    assert few["names"]
    assert many == few


def test_a_wage_table_with_one_wrong_line_records_nothing_and_keeps_all() -> None:
    story = intake()
    table = stories.wage_table([1_000, 2_000]) + "\n没有号码\tC01\t2025-11\t2025-12\t10"
    answer = story.office.ask(story.case, "state_claims_table", rows=table)
    assert answer.status_code == 409
    assert "没有号码" in act_form(answer).values["rows"]
    assert story.workers == []


def test_a_person_known_by_number_is_not_registered_again() -> None:
    story = received()
    known = len(story.office.persons.papers)
    story.open(stories.wage_table([1_000, 2_000]))
    assert len(story.office.persons.papers) == known


def test_one_payment_is_shared_in_proportion_to_what_is_open_and_shown_before_it_is_saved() -> None:
    story = stories.story_6_agreed()
    form = story.office.browser().get(f"/disputes/{story.case}/record_payment?amount=146000")
    values = act_form(form).values
    assert [values[f"lines.{no}"] for no in (1, 20, 21, 30)] == ["5000.00"] * 2 + ["4600.00"] * 2
    assert "按比例正好分完" in words(form)
    assert "合计 146,000.00" in words(form)
    assert not story.office.case(story.case).payments


def test_what_is_left_over_of_a_share_is_named_and_the_sum_is_exact() -> None:
    story = stories.story_6_agreed()
    form = story.office.browser().get(f"/disputes/{story.case}/record_payment?amount=100.01")
    values = {n: v for n, v in act_form(form).values.items() if n.startswith("lines.")}
    assert sum(Decimal(v) for v in values.values()) == Decimal("100.01")
    assert "除不尽的 11 分" in words(form)
    assert "+1 分：第 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 项" in words(form)
    assert "30 人还欠 ¥437,899.99" in words(form)


def test_the_amounts_of_a_grid_are_paid_as_they_were_edited() -> None:
    story = stories.story_6_agreed()
    story.on(2, 13)
    edited = {f"lines.{no}": "" for no in range(1, 31)} | {"lines.3": "1,000.50", "lines.30": "1"}
    stories.pay(story, "P-1", **edited)
    paid = {c.no: c.paid for c in story.office.case(story.case).claims.values() if c.paid}
    assert paid == {3: 100_050, 30: 100}


def test_a_wrong_amount_in_a_grid_records_nothing_and_stays_as_typed() -> None:
    story = stories.story_6_agreed()
    story.on(2, 13)
    values = {"method": "bank", "voucher_no": "P-1", "lines.7": "-5"}
    answer = story.office.ask(story.case, "record_payment", **values)
    assert answer.status_code == 409
    assert act_form(answer).values["lines.7"] == "-5"
    assert not story.office.case(story.case).payments


def test_days_of_instalments_are_filled_in_and_share_every_amount_to_the_fen() -> None:
    story = mediating()
    place = f"/disputes/{story.case}/sign_agreement?split=3&first=2026-03-31"
    form = story.office.browser().get(place)
    values = act_form(form).values
    assert values["perform_by"] == "2026-05-31"
    assert (values["lines.1"], values["lines.2"]) == ("1000.00", "2000.00")
    assert values["instalments"].split() == [
        "1",
        "2026-03-31",
        "2",
        "2026-04-30",
        "3",
        "2026-05-31",
    ]
    assert "第 1 期 2026-03-31 ¥1,000.01" in words(form)
    both = [*story.workers, story.employer]
    story.do("sign_agreement", signed_by=both, sealed="1", terms="x", lines="", **{
        name: values[name] for name in ("lines.1", "lines.2", "perform_by", "instalments")
    })  # fmt: skip
    (signed,) = story.office.case(story.case).agreements.values()
    parts = [[int(line.amount) for line in one.lines] for one in signed.instalments]
    assert parts == [[33_334, 66_667], [33_333, 66_667], [33_333, 66_666]]


def test_instalments_name_days_only_or_every_amount() -> None:
    story = mediating()
    answer = story.office.ask(
        story.case, "sign_agreement", signed_by=[*story.workers, story.employer], sealed="1",
        terms="x", perform_by="2026-03-20", instalments="1\t2026-03-10\n2\t2026-03-20\tbank\t1\t5",
    )  # fmt: skip
    assert answer.status_code == 409
    assert "要么都只写日期" in words(answer)


def test_the_form_of_the_application_foretells_its_time_limits() -> None:
    story = intake()
    page = words(story.office.browser().get(f"/disputes/{story.case}/receive_application"))
    assert "2026-01-30" in page
    assert "2026-02-11" in page
    assert "DL-03" in page


def test_the_page_names_the_calendar_and_leads_to_the_arithmetic_of_each_limit() -> None:
    story = received()
    page = story.office.page(story.case)
    assert f"第 {shipped().version} 版" in words(page)
    assert f"/disputes/{story.case}/limits#DL-03" in page.text
    reckoned = words(story.office.page(story.case, "/limits"))
    for said in ("DL-03", "收件", "15天（自然日）", "到期日2026-02-11", "今天"):
        assert said in reckoned


def test_the_arithmetic_shows_each_pause_with_its_reason_and_the_moved_target() -> None:
    story = received()
    story.do("accept")
    story.on(1, 29)
    story.do("suspend", reason="injury_appraisal", resume_when="认定书送达")
    story.on(2, 2)
    story.do("resume")
    reckoned = words(story.office.page(story.case, "/limits"))
    assert "等待工伤认定或鉴定 2026-01-29 至 2026-02-01 4" in reckoned
    assert "到期日2026-02-24" in reckoned  # 15 + 4 days end in the Spring Festival


def test_an_instalment_that_lies_ahead_is_drawn_as_time_that_is_left() -> None:
    story = stories.story_6_agreed()
    assert 'class="piece run"' in story.office.page(story.case, "/limits").text
    assert 'class="piece over"' not in cards(story, "DL-06")
    story.on(4, 16)
    assert 'class="piece over"' in cards(story, "DL-06")


def cards(story: stories.Story, rule: str) -> str:
    """The cards of one rule on the page of time limits."""
    page = story.office.page(story.case, "/limits").text
    found = rf'<article class="sec reckon" id="{rule}.*?</article>'
    return "".join(re.findall(found, page, re.DOTALL))


def test_the_arithmetic_of_a_past_day_is_that_of_what_was_known_then() -> None:
    story = received()
    story.on(1, 29)
    story.do("accept")
    past = words(story.office.page(story.case, "/limits?as_of=2026-01-27"))
    assert "历史状态" in past
    assert "已办结" not in past


def test_each_claim_shows_its_instalments_as_boxes_and_each_source_as_a_bar() -> None:
    story = stories.story_6_agreed()
    story.on(2, 13)
    stories.pay(story, "P-1")
    page = story.office.page(story.case)
    assert page.text.count('aria-label="3 期已付 1 期"') == 30
    assert 'class="funds"' in page.text
    story.on(3, 17)
    assert story.office.page(story.case).text.count("3 期已付 1 期，逾期 1 期") == 30


def test_money_is_typed_in_yuan_and_refused_at_its_field() -> None:
    story = stories.story_6_agreed()
    values = {"method": "bank", "voucher_no": "V", "lines": lines([1], "5000.001")}
    answer = story.office.ask(story.case, "record_payment", **values)
    assert answer.status_code == 409
    assert 'aria-invalid="true"' in answer.text
