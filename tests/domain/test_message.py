"""Messages: what may be asked of one, when it may go, and what it may say (M-01 to M-08)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.calendar import CHINA
from domain.codes_message import LANGUAGES, OCCASIONS, STATES
from domain.kernel import Dated, Event, Refused, Sealed
from domain.message import EVERY, Message, facts
from domain.message.quiet import allowed_at
from domain.message.wording import (
    ASKED,
    COMMON,
    SHIPPED,
    Wording,
    check_wording,
    fill,
    in_force,
    placeholders,
)
from domain.person import Person
from domain.person.facts import ChannelsDeclined, EmailGiven, Registered
from tests.scenario import given

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
SHE = "person-1"
ASKED_FOR = facts.Queued(
    case="seeker-1",
    recipient=SHE,
    channel="sms",
    occasion="free",
    template="free/zh-CN@0",
    language="zh-CN",
    address=Sealed(SHE, "address", "13800138000"),
    text=Sealed(SHE, "text", {"subject": "通知", "body": "您好。"}),
    not_before=NOON,
)
OVER = facts.HandedOver(attempt=1, adapter="gateway", reference="G-1")
ARRIVED = facts.Delivered(receipt="R-1")
DENIED = facts.Failed(reason="not_delivered", detail="4")


def past(*more: Event) -> list[Dated]:
    return [(fact, DAY) for fact in (ASKED_FOR, *more)]


def ask(message: Message, **changes: Any) -> list[Event]:
    asked: dict[str, Any] = {
        "case": "seeker-1",
        "recipient": SHE,
        "channel": "sms",
        "occasion": "free",
        "template": "free/zh-CN@0",
        "language": "zh-CN",
        "address": "13800138000",
        "subject": "通知",
        "body": "您好。",
        "declined": frozenset(),
        "not_before": NOON,
    }
    return message.queue(**(asked | changes))


def test_a_message_is_queued_with_its_address_and_text_sealed_for_the_person() -> None:
    given(Message).when(lambda m, _: ask(m)).then(ASKED_FOR)


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"address": ""}, "M-01", "recipient"),
        ({"channel": "email", "address": ""}, "M-01", "recipient"),
        ({"address": "0750-8888888"}, "M-01", "recipient"),
        ({"declined": frozenset({"sms"})}, "M-02", "channel"),
        ({"channel": "email", "declined": frozenset({"email"})}, "M-02", "channel"),
        ({"channel": "pigeon"}, "S-00", "channel"),
    ],
)
def test_what_cannot_reach_the_person_is_refused_at_its_field(
    changes: dict[str, Any], rule: str, field: str
) -> None:
    given(Message).when(lambda m, _: ask(m, **changes)).refused(rule=rule, field=field)


def test_a_declined_channel_does_not_hold_back_another() -> None:
    given(Message).when(lambda m, _: ask(m, declined=frozenset({"email"}))).stored()


def test_only_a_receipt_says_that_it_was_delivered() -> None:
    handed = given(Message, past()).when(
        lambda m, _: m.hand_over(attempt=1, adapter="gateway", reference="G-1")
    )
    assert handed.then(OVER).standing == "handed_over"
    arrived = given(Message, past(OVER)).when(lambda m, _: m.deliver(receipt="R-1"))
    assert arrived.then(ARRIVED).standing == "delivered"


def test_a_dry_run_is_no_hand_over_and_never_gets_a_receipt() -> None:
    dry = given(Message, past()).when(lambda m, _: m.write_down(attempt=1))
    assert dry.then(facts.WrittenDown(attempt=1)).standing == "dry"
    written = past(facts.WrittenDown(attempt=1))
    given(Message, written).when(lambda m, _: m.deliver(receipt="R")).refused(rule="M-04")
    given(Message, written).when(lambda m, _: m.deny(detail="")).refused(rule="M-04")


def test_a_second_receipt_adds_nothing_and_delivery_outweighs_a_denial() -> None:
    given(Message, past(OVER, ARRIVED)).when(lambda m, _: m.deliver(receipt="R-1")).then()
    given(Message, past(OVER, ARRIVED)).when(lambda m, _: m.deny(detail="4")).then()
    given(Message, past(OVER, DENIED)).when(lambda m, _: m.deny(detail="4")).then()
    after = given(Message, past(OVER, DENIED)).when(lambda m, _: m.deliver(receipt="R-1"))
    assert after.then(ARRIVED).standing == "delivered"


def test_a_receipt_may_be_faster_than_the_fact_of_the_hand_over() -> None:
    first = given(Message, past()).when(lambda m, _: m.deliver(receipt="R-1"))
    assert first.then(ARRIVED).standing == "delivered"
    then = given(Message, past(ARRIVED)).when(
        lambda m, _: m.hand_over(attempt=1, adapter="gateway", reference="G-1")
    )
    assert then.then(OVER).standing == "delivered"


def test_it_is_taken_back_only_while_no_channel_has_it() -> None:
    back = given(Message, past()).when(lambda m, _: m.withdraw())
    assert back.then(facts.Withdrawn()).standing == "withdrawn"
    given(Message, past(OVER)).when(lambda m, _: m.withdraw()).refused(rule="M-05")


def test_it_is_said_again_once_and_never_when_it_was_delivered() -> None:
    again = facts.Repeated(message="message-2")
    last: Event
    for last in (DENIED, OVER, facts.OutcomeUnknown(attempt=1, adapter="smtp", reason="timeout")):
        given(Message, past(last)).when(lambda m, _: m.repeat(message="message-2")).then(again)
    given(Message, past(DENIED, again)).when(lambda m, _: m.repeat(message="message-3")).refused(
        rule="M-03"
    )
    for last in (ARRIVED, facts.WrittenDown(attempt=1)):
        given(Message, past(last)).when(lambda m, _: m.repeat(message="message-2")).refused(
            rule="M-03"
        )
    given(Message, past()).when(lambda m, _: m.repeat(message="message-2")).refused(rule="M-03")


def test_a_passing_trouble_waits_and_leaves_it_in_the_queue() -> None:
    later = datetime(2026, 3, 2, 5, tzinfo=UTC)
    waiting = given(Message, past()).when(
        lambda m, _: m.defer(attempt=1, reason="busy", retry_at=later)
    )
    state = waiting.then(facts.Deferred(attempt=1, reason="busy", retry_at=later))
    assert (state.standing, state.attempts, state.next_at) == ("queued", 1, later)


def test_that_the_person_was_told_otherwise_is_noted_once() -> None:
    told = facts.Settled(how="phone")
    given(Message, past(DENIED)).when(lambda m, _: m.settle(how="phone")).then(told)
    given(Message, past(DENIED, told)).when(lambda m, _: m.settle(how="phone")).then()


def test_every_fact_is_applied_and_every_state_has_a_word() -> None:
    kinds = {k for k in vars(facts).values() if isinstance(k, type) and issubclass(k, Event)}
    assert kinds - {Event} == set(Message.APPLIERS)
    assert set(EVERY) == set(STATES)
    assert not any("已发送" in word.zh or word.en == "sent" for word in STATES.values())


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-03-02 20:59", "2026-03-02 20:59"),
        ("2026-03-02 21:00", "2026-03-03 08:00"),
        ("2026-03-03 00:30", "2026-03-03 08:00"),
        ("2026-03-03 07:59", "2026-03-03 08:00"),
        ("2026-03-03 08:00", "2026-03-03 08:00"),
    ],
)
def test_nobodys_phone_rings_at_night(now: str, then: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=CHINA)
    wanted = datetime.fromisoformat(then).replace(tzinfo=CHINA)
    assert allowed_at(moment.astimezone(UTC), from_hour=21, until_hour=8) == wanted


def test_quiet_hours_may_lie_within_a_day_or_not_be_there() -> None:
    moment = datetime(2026, 3, 2, 13, 30, tzinfo=CHINA)
    assert allowed_at(moment, from_hour=12, until_hour=14).hour == 14
    assert allowed_at(moment, from_hour=8, until_hour=8) == moment


@pytest.mark.parametrize("occasion", OCCASIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_occasion_is_worded_in_both_languages_and_can_be_filled(
    occasion: str, language: str
) -> None:
    wording = in_force(SHIPPED, occasion, language)
    check_wording(occasion, language, wording.subject, wording.body)
    assert set(ASKED[occasion]) <= set(placeholders(wording.body))
    values = {name: f"值{n}" for n, name in enumerate((*COMMON, *ASKED[occasion]))}
    said = fill(wording, values, signature="鹤城站")
    assert said.body.startswith("【鹤城站】")
    assert "{" not in said.body


def test_the_latest_version_counts() -> None:
    mine = Wording("free", "zh-CN", 3, "通知", "{name}：{text}")
    assert in_force([*SHIPPED, mine], "free", "zh-CN") == mine
    assert mine.key == "free/zh-CN@3"


@pytest.mark.parametrize(
    ("body", "because"),
    [
        ("{name}，{amount}", "amount"),
        ("{name", "花括号"),
        ("{name!r}", "花括号"),
        ("{name.x}", "花括号"),
        ("看 https://x.cn", "网址"),
        ("", "请填写"),
        ("长" * 401, "400"),
    ],
)
def test_a_wording_that_cannot_be_filled_is_refused(body: str, because: str) -> None:
    with pytest.raises(Refused, match=because) as met:
        check_wording("free", "zh-CN", "通知", body)
    assert (met.value.rule, met.value.field) == ("M-07", "body")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "M-07"),
        ("长" * 201, "M-07"),
        ("请带 449901199001011234", "M-08"),
        ("卡号 6222 0200 1122 3344 556", "M-08"),
        ("请看 www.example.cn", "M-08"),
    ],
)
def test_free_text_is_short_and_names_no_number_and_no_link(text: str, rule: str) -> None:
    values = {"name": "张三", "station": "鹤城站", "phone": "0750-8888888", "text": text}
    with pytest.raises(Refused) as met:
        fill(in_force(SHIPPED, "free", "zh-CN"), values, signature="鹤城站")
    assert (met.value.rule, met.value.field) == (rule, "text")


def test_what_somebody_typed_is_never_read_as_a_placeholder() -> None:
    values = {"name": "张三", "station": "站", "phone": "1", "text": "{case_no} {0} %s"}
    assert (
        "{case_no} {0} %s" in fill(in_force(SHIPPED, "free", "zh-CN"), values, signature="站").body
    )


def _known(*more: Event) -> list[Dated]:
    known = Registered(
        identity=Sealed(SHE, "identity", {}), contact=Sealed(SHE, "contact", {}), sex="female",
        domicile="440784",
    )  # fmt: skip
    return [(fact, DAY) for fact in (known, *more)]


def test_an_email_address_and_declined_channels_are_noted() -> None:
    given(Person, _known()).when(lambda p, _: p.give_email(email=" li@example.cn ")).then(
        EmailGiven(email=Sealed(SHE, "email", "li@example.cn"))
    )
    given(Person, _known()).when(lambda p, _: p.give_email(email="")).then(
        EmailGiven(email=Sealed(SHE, "email", ""))
    )
    given(Person, _known()).when(lambda p, _: p.give_email(email="li@x\nBcc: y@z.cn")).refused(
        rule="P-01", field="email"
    )
    declined = ChannelsDeclined(channels=("sms",))
    given(Person, _known()).when(lambda p, _: p.decline_channels(channels=["sms"])).then(declined)
    given(Person, _known(declined)).when(lambda p, _: p.decline_channels(channels=["sms"])).then()
    given(Person, _known(declined)).when(lambda p, _: p.decline_channels(channels=[])).then(
        ChannelsDeclined(channels=())
    )
