"""Telling many: both sides of a case at once, a batch out of a list, the outbox, the wordings."""

import re
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from httpx2 import Response

from application.messages.adapters import Dry, Rejected
from domain.kernel import Refused
from tests.messages.test_pages import form_of
from tests.messages.town import Gateway, Post
from tests.web.reading import forms

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def by_day(post: Post) -> None:
    """Begin every test at nine in the morning."""
    post.at(9)


def batch(post: Post, label: str, cases: list[str], **typed: Any) -> Response:
    """Choose rows, and send the page of the batch with what is typed."""
    client = post.town.at(label).client
    listed = client.get("/cases?whose=team")
    chosen = next(form for form in forms(listed) if form.action == "/batch").values
    page = client.post("/batch", data=chosen | {"act": "message", "case": cases})
    assert page.status_code == 200
    return sent(post, label, page.text, cases, **typed)


def sent(post: Post, label: str, page: str, cases: list[str], **typed: Any) -> Response:
    fields = form_of(page, "/batches/message", holding="command_id")
    client = post.town.at(label).client
    answer: Response = client.post("/batches/message", data=fields | {"case": cases} | typed)
    return answer


def test_a_batch_previews_every_text_and_tells_row_by_row(post: Post) -> None:
    asked = {"occasion": "free", "channel": "sms", "text": "请带身份证来一趟。"}
    cases = [post.seeker, post.dispute]
    before = post.office.messaging.outbox.totals()
    shown = batch(post, "manager", cases, **asked)
    assert shown.status_code == 200
    assert shown.text.count("请带身份证来一趟。联系") >= 1
    assert post.office.messaging.outbox.totals() == before
    changed = sent(post, "manager", shown.text, cases, **asked | {"text": "改了的话。"})
    assert changed.status_code == 200
    assert "改了的话。联系" in changed.text
    done = sent(post, "manager", shown.text, cases, **asked)
    assert done.status_code == 303, done.text[-3000:]
    again = sent(post, "manager", shown.text, cases, **asked)
    assert again.headers["location"] == done.headers["location"]
    post.town.settle()
    told = post.town.at("manager").see(done.headers["location"])
    assert told.count("已办") >= 1
    mine = [m for m in post.office.messaging.outbox.of_case(post.seeker) if m.state == "queued"]
    assert len(mine) == 1
    post.look(Dry())


def test_a_row_that_cannot_be_told_says_why_and_leaves_the_others(post: Post) -> None:
    asked = {"occasion": "follow_up_due", "channel": "email", "date": "2026-04-20"}
    shown = batch(post, "manager", [post.seeker], **asked)
    assert "档案里没有这位的邮箱" in shown.text
    assert "规则 M-01" in shown.text


def test_a_colleague_reads_the_preview_with_the_name_masked(post: Post) -> None:
    state = post.state(post.seeker)
    name = post.office.messaging.messages.draft(post.wanted(), state).name
    asked = {"occasion": "free", "channel": "sms", "text": "请带身份证来一趟。"}
    assert name not in batch(post, "manager", [post.seeker], **asked).text
    place = f"/seekers/{post.seeker}/messages/new"
    client = post.town.at("manager").client
    fields = form_of(client.get(f"{place}?occasion=free").text, place, holding="command_id")
    sheet = client.post(place, data=fields | {"recipient": post.person, "channel": "sms",
                        "language": "zh-CN", "text": "来一趟。", "phone": "1"})  # fmt: skip
    assert f"{name[0]}*" in sheet.text
    assert name not in sheet.text


def test_everybody_of_a_case_is_told_by_one_command_or_nobody(post: Post) -> None:
    service = post.office.messaging.messages
    several = service.for_all(
        post.dispute, channel="sms", occasion="free", values={"text": "请到站里来。"}
    )
    done = service.queue_all(several, stamp=post.town.stamp("mediator"))
    assert len([one for one in done.streams if one.startswith("message-")]) == len(several)
    broken = [*several, post.wanted(case=post.dispute, recipient="person-nobody")]
    with pytest.raises(Refused):
        service.queue_all(broken, stamp=post.town.stamp("mediator"))
    post.town.settle()
    post.look(Dry())


def test_the_outbox_is_narrowed_by_its_address_and_shows_what_asks_for_care(post: Post) -> None:
    message, gateway = post.queue(), Gateway()
    gateway.after = lambda: Rejected("no_such_number", passing=False)
    post.look(gateway)
    own = post.town.at("caseworker")
    href = f"/seekers/{post.seeker}/messages/{message}"
    assert href in own.see("/outbox?state=care")
    assert href in own.see("/outbox?state=failed&channel=sms")
    assert href not in own.see("/outbox?state=delivered")
    assert href not in own.see("/outbox?channel=email")
    assert href in post.town.at("manager").see("/outbox")
    assert href not in post.town.at("mediator").see("/outbox")
    assert "/outbox?whose=mine&amp;state=care" in own.see("/today")
    post.office.messaging.messages.settle(message, how="phone", stamp=post.town.stamp("caseworker"))
    post.town.settle()
    assert href not in own.see("/outbox?state=care")


def test_the_outbox_is_turned_by_pages(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.messages.outbox.PAGE", 1)
    post.queue()
    post.queue()
    own = post.town.at("caseworker")
    first = own.see("/outbox?state=queued")
    found = re.search(r'href="(/outbox\?[^"]*before=\d+)"', first)
    assert found
    assert own.see(found[1].replace("&amp;", "&")) != first
    post.look(Dry())


def test_a_wording_is_entered_as_a_version_and_used_from_then_on(post: Post) -> None:
    place = "/wordings?occasion=free&language=zh-CN"
    admin = post.town.at("admin")
    bad = admin.refused(place, body="{name}，{amount}")
    assert "没有“amount”" in bad
    admin.do(place, body="{name}：{text}（{station}）")
    page = admin.see(place)
    assert "第 1 版" in page
    assert "出厂版" in page
    draft = post.office.messaging.messages.draft(post.wanted(), post.state(post.seeker))
    assert draft.wording.key == "free/zh-CN@1"
    assert "：请带身份证来一趟。" in draft.said.body
    assert "录入新版本" not in post.town.at("caseworker").see(place)


def test_a_version_that_stands_is_never_changed(post: Post) -> None:
    book, stamp = post.office.messaging.wordings, post.town.stamp("admin")
    made = book.enter("free", "en", subject="N", body="{name}: {text}", after=0, stamp=stamp)
    again = book.enter("free", "en", subject="X", body="{text}", after=0, stamp=stamp)
    assert (made, again.body) == (again, "{name}: {text}")
    with (
        post.office.installation.pools.writer.connection() as conn,
        pytest.raises(psycopg.errors.RaiseException),
    ):
        conn.execute("UPDATE office.wordings SET body = ''")


def test_the_state_of_the_queue_is_told_to_whoever_keeps_the_machine(post: Post) -> None:
    post.queue()
    assert "消息待发" in post.town.at("admin").see("/projections")
    queue = post.office.messaging.outbox.queue(post.office.clock.now() + timedelta(days=1))
    assert queue.waiting >= 1
    assert queue.oldest is not None
    assert queue.oldest.date() == date(2026, 4, 16)
    post.look(Dry())
