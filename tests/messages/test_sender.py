"""The sender: killed at every place, with gateways that are down, slow, wrong or silent."""

import threading
from datetime import timedelta

import pytest

from application.messages.adapters import Rejected, Told, Uncertain
from domain.kernel import Refused
from projections.outbox_reader import Asked
from tests.messages.town import Gateway, Killed, Post

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def by_day(post: Post) -> None:
    """Begin every test at nine in the morning."""
    post.at(9)


def killed() -> None:
    raise Killed


def test_a_sender_killed_before_the_hand_over_leaves_it_to_the_next(post: Post) -> None:
    message, gateway = post.queue(), Gateway()
    gateway.before = killed
    with pytest.raises(Killed):
        post.look(gateway)
    assert gateway.given == []
    gateway.before = lambda: None
    assert post.look(gateway) == 0, "the lease still runs"
    post.lease_ends()
    post.look(gateway)
    assert len(gateway.given) == 1
    assert post.line(message).state == "handed_over"


def test_a_sender_killed_between_hand_over_and_fact_hands_nothing_over_twice(post: Post) -> None:
    message, gateway = post.queue(), Gateway()
    gateway.after = killed
    with pytest.raises(Killed):
        post.look(gateway)
    gateway.after = lambda: None
    assert len(gateway.given) == 1
    post.lease_ends()
    post.look(gateway)
    assert len(gateway.given) == 1
    state = post.message(message)
    assert (state.standing, state.reference) == ("handed_over", "G-asked")
    assert post.claims(message) == 0


def test_a_sender_killed_the_fact_changes_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, gateway = post.queue(), Gateway()
    sender = post.sender(gateway)
    monkeypatch.setattr(sender._claims, "drop", lambda *_: killed())
    with pytest.raises(Killed):
        sender.look()
    post.lease_ends()
    post.town.settle()
    post.look(gateway)
    assert len(gateway.given) == 1
    assert post.facts(message) == ["queued", "handed_over"]


def test_a_gateway_that_cannot_be_asked_leaves_the_outcome_to_a_person(post: Post) -> None:
    message, gateway = post.queue(), Gateway(answers=False)
    gateway.after = killed
    with pytest.raises(Killed):
        post.look(gateway)
    post.lease_ends()
    post.look(gateway)
    post.look(gateway)
    assert len(gateway.given) == 1
    assert post.line(message).state == "unknown"
    assert post.facts(message) == ["queued", "outcome_unknown"]


def test_a_silent_gateway_is_asked_again_and_then_left_to_a_person(post: Post) -> None:
    message, gateway = post.queue(), Gateway()
    gateway.after, gateway.silent = killed, True
    with pytest.raises(Killed):
        post.look(gateway)
    for _ in range(9):
        post.lease_ends()
        post.look(gateway)
    assert post.line(message).state == "queued"
    post.lease_ends()
    post.look(gateway)
    assert post.line(message).state == "unknown"
    assert len(gateway.given) == 1


def test_an_answer_that_got_lost_is_asked_for_by_the_id(post: Post) -> None:
    message, gateway = post.queue(), Gateway()
    gateway.after = lambda: Uncertain("timeout")
    post.look(gateway)
    assert post.line(message).state == "queued"
    gateway.after = lambda: None
    post.look(gateway)
    assert len(gateway.given) == 1
    assert post.line(message).state == "handed_over"


def test_what_the_gateway_never_got_is_handed_over_under_the_same_id(post: Post) -> None:
    post.queue()
    gateway = Gateway()
    gateway.after = lambda: Uncertain("timeout")
    post.look(gateway)
    gateway.texts.clear()  # it was lost on the way after all
    gateway.after = lambda: None
    post.look(gateway)
    first, second = gateway.given
    assert first.id == second.id


def test_a_gateway_that_loses_everything_is_not_asked_for_ever(post: Post) -> None:
    message, gateway = post.queue(), Gateway()

    def lose() -> Uncertain:
        gateway.texts.clear()
        return Uncertain("broken_answer")

    gateway.after = lose
    for _ in range(5):
        post.look(gateway)
    assert len(gateway.given) == 2, "once more at once, then it waits"
    for hour in range(10, 20):
        post.at(hour)
        for _ in range(3):
            post.look(gateway)
    assert post.facts(message) == ["queued", *["deferred"] * 4, "failed"]
    assert post.line(message).reason == "too_many_tries"
    assert len(gateway.given) == 10
    assert len({one.id for one in gateway.given}) == 1


def test_a_busy_gateway_is_tried_again_later_and_not_for_ever(post: Post) -> None:
    message, gateway = post.queue(), Gateway()
    gateway.after = lambda: Rejected("busy", passing=True)
    post.look(gateway)
    assert post.look(gateway) == 0, "it waits"
    for hour in range(10, 14):
        post.at(hour)
        post.look(gateway)
    assert post.facts(message) == ["queued", *["deferred"] * 4, "failed"]
    assert post.line(message).reason == "too_many_tries"
    waits = [
        one.event for one in post.office.reader.history(message) if "deferred" in one.event.TOPIC
    ]
    assert len({one.id for one in gateway.given}) == 1
    assert len(waits) == 4


def test_two_senders_at_once_hand_over_once(post: Post) -> None:
    message, gateway = post.queue(), Gateway()
    other = post.sender(gateway)

    def meanwhile() -> None:
        gateway.before = lambda: None
        assert other.look() == 0

    gateway.before = meanwhile
    post.look(gateway)
    assert len(gateway.given) == 1
    assert post.facts(message) == ["queued", "handed_over"]


def test_a_sender_that_slept_while_another_did_it_does_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, gateway = post.queue(), Gateway()
    late = post.sender(gateway)
    take = late._claims.take

    def overtaken(stream: str, attempt: int) -> object:
        post.look(gateway)
        return take(stream, attempt)

    monkeypatch.setattr(late._claims, "take", overtaken)
    assert late.look() == 0
    assert len(gateway.given) == 1
    assert post.facts(message) == ["queued", "handed_over"]
    assert post.claims(message) == 0


def test_receipts_are_asked_for_where_a_channel_answers(post: Post) -> None:
    delivered, denied, open_one = post.queue(), post.queue(), post.queue()
    gateway = Gateway()
    post.look(gateway)
    for message, told in (
        (delivered, Told(known=True, reference="R-1", delivered=True)),
        (denied, Told(known=True, delivered=False, detail="4")),
    ):
        gateway.told[message.partition("-")[2]] = told
    assert post.sender(gateway).poll() == 2
    assert post.sender(gateway).poll() == 0
    post.town.settle()
    assert [post.line(one).state for one in (delivered, denied, open_one)] == [
        "delivered",
        "failed",
        "handed_over",
    ]


def test_one_message_that_breaks_does_not_hold_up_the_others(post: Post) -> None:
    first, second = post.queue(), post.queue()
    post.office.messaging.messages.withdraw(first, stamp=post.town.stamp("caseworker"))
    gateway = Gateway()
    post.look(gateway)
    post.town.settle()
    assert (post.line(first).state, post.line(second).state) == ("withdrawn", "handed_over")


def test_what_asks_for_care_is_found_and_leaves_when_somebody_cared(post: Post) -> None:
    failed, gateway = post.queue(), Gateway()
    gateway.after = lambda: Rejected("refused", passing=False)
    post.look(gateway)
    account = post.town.places.staff["caseworker"].account
    late = post.office.clock.now() + timedelta(hours=1)

    def care(moment: object = late) -> set[str]:
        asked = Asked(late=moment, accounts=(account,), state="care")  # type: ignore[arg-type]
        return {one.message for one in post.office.messaging.outbox.page(asked)}

    assert failed in care()
    waiting = post.queue()
    post.look(Gateway())
    assert waiting in care()
    assert waiting not in care(post.office.clock.now() - timedelta(hours=24))
    post.office.messaging.messages.settle(failed, how="phone", stamp=post.town.stamp("caseworker"))
    post.town.settle()
    assert failed not in care()


def test_an_erased_person_is_not_told_and_not_told_again(post: Post) -> None:
    service, state = post.office.messaging.messages, post.state(post.dispute)
    person = service.recipients(post.dispute, state)[0].person
    waiting, gateway = post.queue("mediator", case=post.dispute, recipient=person), Gateway()
    failed = post.queue("mediator", case=post.dispute, recipient=person)
    refusing = post.sender(gateway)
    gateway.after = lambda: Rejected("refused", passing=False)
    refusing.send(failed, post.line(failed).station)
    gateway.given.clear()
    post.office.vault.destroy(person)
    post.look(gateway)
    assert gateway.given == []
    assert (post.message(waiting).standing, post.message(waiting).reason) == ("failed", "erased")
    with pytest.raises(Refused) as met:
        service.repeat(failed, stamp=post.town.stamp("mediator"))
    assert met.value.rule == "M-03"
    page = post.town.at("mediator").see(f"/disputes/{post.dispute}/messages/{failed}")
    assert "已依法删除" in page


def test_the_loop_sends_by_itself_until_it_is_told_to_end(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("application.messages.sender.LOOK", 0.01)
    message, gateway = post.queue(), Gateway()
    sent = threading.Event()
    gateway.before = sent.set
    sender = post.sender(gateway)
    sender.start()
    assert sent.wait(30.0)
    sender.stop()
    assert post.facts(message) == ["queued", "handed_over"]
