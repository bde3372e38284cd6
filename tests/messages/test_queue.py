"""Queueing, the dry run, quiet hours, what people decline, and saying something again."""

from datetime import datetime

import psycopg
import pytest

from application.messages.adapters import Dry, Rejected
from application.messages.service import Wanted, digest_of
from domain.calendar import CHINA
from domain.kernel import Refused, Sealed
from tests.messages.town import Gateway, Post

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def by_day(post: Post) -> None:
    """Begin every test at nine in the morning."""
    post.at(9)


def test_without_a_channel_a_message_is_written_down_and_nobody_is_told(post: Post) -> None:
    message = post.queue()
    assert post.line(message).state == "queued"
    post.look(Dry())
    assert post.facts(message) == ["queued", "written_down"]
    assert (post.line(message).state, post.line(message).adapter) == ("dry", "dry")
    assert post.claims(message) == 0


def test_a_message_of_the_evening_waits_until_the_morning(post: Post) -> None:
    post.at(22, 30)
    message = post.queue()
    wanted = datetime(2026, 4, 17, 8, tzinfo=CHINA)
    assert post.message(message).next_at == wanted
    gateway = Gateway()
    assert post.look(gateway) == 0
    post.at(7, 59, day=17)
    assert post.look(gateway) == 0
    post.at(8, day=17)
    assert post.look(gateway) == 1
    assert len(gateway.given) == 1


def test_a_message_that_was_due_before_the_night_waits_with_the_others(post: Post) -> None:
    post.at(20, 59)
    message, gateway = post.queue(), Gateway()
    post.at(21)
    assert post.look(gateway) == 0
    post.at(9, day=17)
    post.look(gateway)
    assert post.line(message).state == "handed_over"


def test_who_declined_a_channel_is_not_told_by_it_even_from_the_queue(post: Post) -> None:
    message = post.queue()
    post.office.messaging.messages.keep_reach(
        post.seeker, post.person, email=None, declined=["sms"], stamp=post.town.stamp("caseworker")
    )
    gateway = Gateway()
    post.look(gateway)
    assert gateway.given == []
    assert (post.line(message).state, post.line(message).reason) == ("failed", "refused_meanwhile")
    with pytest.raises(Refused) as met:
        post.queue()
    assert (met.value.rule, met.value.field) == ("M-02", "channel")
    post.office.messaging.messages.keep_reach(
        post.seeker, post.person, email=None, declined=[], stamp=post.town.stamp("caseworker")
    )
    post.queue()
    post.look(Dry())


def test_an_email_takes_an_address_on_file(post: Post) -> None:
    with pytest.raises(Refused) as met:
        post.queue(channel="email")
    assert (met.value.rule, met.value.field) == ("M-01", "recipient")
    post.office.messaging.messages.keep_reach(
        post.seeker, post.person, email="li@example.cn", declined=[],
        stamp=post.town.stamp("caseworker"),
    )  # fmt: skip
    gateway = Gateway()
    post.queue(channel="email")
    post.look(gateway)
    assert (gateway.given[0].address, gateway.given[0].subject) == ("li@example.cn", "通知")
    post.office.messaging.messages.keep_reach(
        post.seeker, post.person, email="", declined=[], stamp=post.town.stamp("caseworker")
    )
    assert post.office.messaging.messages.reach(post.person).email == ""


def test_only_who_may_write_in_the_case_tells_its_people(post: Post) -> None:
    for label in ("auditor", "admin"):
        with pytest.raises(Refused) as met:
            post.queue(label)
        assert met.value.rule == "P-05"


def test_nobody_outside_the_case_is_told(post: Post) -> None:
    with pytest.raises(Refused) as met:
        post.queue(recipient="person-nobody")
    assert (met.value.rule, met.value.field) == ("M-01", "recipient")
    with pytest.raises(Refused) as met:
        post.queue(occasion="session_invitation")
    assert (met.value.rule, met.value.field) == ("M-01", "occasion")


def test_what_goes_out_is_what_was_shown(post: Post) -> None:
    wanted, state = post.wanted(), post.state(post.seeker)
    draft = post.office.messaging.messages.draft(wanted, state)
    shown = digest_of([draft.digest])
    stamp = post.town.stamp("caseworker")
    other = post.wanted(values={**wanted.values, "text": "别的话。"})
    with pytest.raises(Refused):
        post.office.messaging.messages.queue(other, shown=shown, stamp=stamp)
    done = post.office.messaging.messages.queue(wanted, shown=shown, stamp=stamp)
    assert post.office.messaging.messages.queue(wanted, shown=shown, stamp=stamp) == done
    post.town.settle()
    gateway = Gateway()
    assert post.look(gateway) == 1
    assert [one.body for one in gateway.given] == [draft.said.body]


def test_a_failed_message_is_said_again_as_a_new_one_linked_to_it(post: Post) -> None:
    message, gateway = post.queue(), Gateway()
    gateway.after = lambda: Rejected("no_such_number", passing=False, detail="E-404")
    post.look(gateway)
    assert (post.line(message).state, post.line(message).reason) == ("failed", "no_such_number")
    done = post.office.messaging.messages.repeat(message, stamp=post.town.stamp("caseworker"))
    post.town.settle()
    again = next(one for one in done.streams if one not in {message, post.seeker})
    assert (post.line(again).retry_of, post.line(message).repeated_as) == (message, again)
    with pytest.raises(Refused) as met:
        post.office.messaging.messages.repeat(message, stamp=post.town.stamp("caseworker"))
    assert met.value.rule == "M-03"
    well = Gateway()
    post.look(well)
    assert well.given[0].body == gateway.given[0].body
    assert well.given[0].id != gateway.given[0].id


def test_recipient_and_text_are_sealed_for_the_person(post: Post) -> None:
    message = post.queue()
    state = post.message(message)
    for sealed in (state.address, state.text):
        assert isinstance(sealed, Sealed)
        assert sealed.subject == post.person
    post.look(Dry())
    phone = post.office.messaging.messages.reach(post.person).phone
    for said in everything(post):
        assert phone not in said
        assert "身份证来一趟" not in said


def everything(post: Post) -> list[str]:
    """Give all that stands in all tables, what the log holds as text."""
    with psycopg.connect(post.town.database.conninfo("owner")) as conn:
        tables = conn.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname IN ('log', 'office', 'wall', 'guard')"
        ).fetchall()
        found = [
            row[0] or ""
            for (table,) in tables
            for row in conn.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t".encode())
        ]
        found += [
            row[0] or ""
            for row in conn.execute(
                "SELECT string_agg(convert_from(state, 'UTF8'), ' ') FROM log.events"
            )
        ]
    assert len(found) > 20
    return found


def test_both_sides_of_a_dispute_can_be_invited(post: Post) -> None:
    found = post.office.messaging.messages.recipients(post.dispute, post.state(post.dispute))
    assert {one.role for one in found} >= {"claimant"}
    wanted = Wanted(
        post.dispute, found[0].person, "sms", "session_invitation",
        values={"date": "2026-04-20", "time": "09:00", "place": "1号调解室",
                "station": "鹤城镇驿站", "phone": "0750-8888888"},
    )  # fmt: skip
    draft = post.office.messaging.messages.draft(wanted, post.state(post.dispute))
    assert "调解" in draft.said.body
    done = post.office.messaging.messages.queue(wanted, stamp=post.town.stamp("mediator"))
    assert done.position
    post.town.settle()
    post.look(Dry())
