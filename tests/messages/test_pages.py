"""The pages of messages, as somebody at the counter uses them."""

import re

import pytest

from application.messages.adapters import Dry, Rejected
from tests.messages.town import Gateway, Post

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def by_day(post: Post) -> None:
    """Begin every test at nine in the morning."""
    post.at(9)


def form_of(page: str, action: str, *, holding: str) -> dict[str, str]:
    """Read the hidden fields of the form that holds a field."""
    for body in re.findall(
        rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.DOTALL
    ):
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', body))
        if holding in fields:
            return fields
    raise AssertionError(f"no form of {action} holds {holding}")


def test_a_message_is_previewed_queued_and_shown_with_its_state(post: Post) -> None:
    browser, place = post.town.at("caseworker"), f"/seekers/{post.seeker}"
    sheet = browser.see(f"{place}/messages/new?occasion=free")
    assert "放入待发" not in sheet
    fields = form_of(sheet, f"{place}/messages/new", holding="command_id")
    asked = fields | {"recipient": post.person, "channel": "sms", "language": "zh-CN",
                      "text": "请带身份证来一趟。", "phone": "0750-8888888"}  # fmt: skip
    shown = browser.client.post(f"{place}/messages/new", data=asked)
    assert shown.status_code == 200
    assert "请带身份证来一趟。联系" in shown.text
    assert post.office.messaging.messages.reach(post.person).phone not in shown.text
    assert "只做演练，不会真的发出" in shown.text
    ready = form_of(shown.text, f"{place}/messages/new", holding="shown")
    for _ in range(2):  # a double click
        answer = browser.client.post(f"{place}/messages/new", data=ready)
        assert answer.headers["location"] == f"{place}/messages"
    post.town.settle()
    mine = [
        one for one in post.office.messaging.outbox.of_case(post.seeker) if one.state == "queued"
    ]
    assert len(mine) == 1
    listed = browser.see(f"{place}/messages")
    assert "待发" in listed
    post.look(Dry())
    one = browser.see(f"{place}/messages/{mine[0].message}")
    assert "演练：未实际发送" in one
    assert "请带身份证来一趟。" in one
    case = browser.see(place)
    assert "消息：其他通知（短信）" in case
    for page in (listed, one, case):
        assert "已发送" not in page


def test_the_words_are_there_in_english(post: Post) -> None:
    message = post.queue()
    browser, place = post.town.at("caseworker"), f"/seekers/{post.seeker}"
    look = form_of(browser.see(place), "/look", holding="csrf")
    browser.client.post("/look", data=look | {"language": "en"})
    page = browser.see(f"{place}/messages/{message}")
    assert "queued" in page
    assert "sent" not in re.sub(r"<[^>]*>", " ", page).split()
    post.look(Dry())
    assert "dry run: nobody was told" in browser.see(f"{place}/messages")


def test_a_missing_address_is_said_at_the_field_and_what_was_typed_is_kept(post: Post) -> None:
    browser, place = post.town.at("caseworker"), f"/seekers/{post.seeker}"
    sheet = browser.see(f"{place}/messages/new?occasion=free")
    asked = form_of(sheet, f"{place}/messages/new", holding="command_id") | {
        "recipient": post.person, "channel": "email", "language": "zh-CN", "text": "来一趟。",
        "phone": "1"}  # fmt: skip
    refused = browser.client.post(f"{place}/messages/new", data=asked)
    assert refused.status_code == 409
    assert "档案里没有这位的邮箱" in refused.text
    assert "来一趟。" in refused.text
    assert f"{place}/reach/{post.person}" in refused.text


def test_email_and_wishes_are_kept_and_shown_masked(post: Post) -> None:
    browser, place = post.town.at("caseworker"), f"/seekers/{post.seeker}"
    ways = f"{place}/reach/{post.person}"
    assert browser.do(ways, email="li@example.cn", declined=["sms"]) == f"{place}/messages"
    page = browser.see(f"{place}/messages")
    assert "l***@example.cn" in page
    assert "li@example.cn" not in page
    assert "本人不接收" in page
    assert 'value="sms" checked' in browser.see(ways)
    fields = form_of(browser.see(ways), ways, holding="command_id")
    browser.client.post(ways, data=fields | {"no_email": "1"})
    assert post.office.messaging.messages.reach(
        post.person
    ) == post.office.messaging.messages.reach(post.person)._replace(email="", declined=frozenset())


def test_a_new_phone_is_kept_and_found_and_the_address_stays(post: Post) -> None:
    browser, place = post.town.at("caseworker"), f"/seekers/{post.seeker}"
    ways = f"{place}/reach/{post.person}"
    before = post.office.messaging.messages.reach(post.person)
    bad = browser.refused(ways, phone="123")
    assert "电话须为11位手机号码" in bad
    browser.do(ways, phone="13911112222")
    assert post.office.messaging.messages.reach(post.person).phone == "13911112222"
    assert post.person in post.office.index.find("phone", "13911112222")
    shown = post.office.sight.view(post.person, full=True, on=post.town.today)
    assert shown.address
    browser.do(ways, phone=before.phone)


def test_a_failed_message_is_said_again_and_settled_on_its_page(post: Post) -> None:
    message, gateway = post.queue(), Gateway()
    gateway.after = lambda: Rejected("no_such_number", passing=False)
    post.look(gateway)
    browser, place = post.town.at("caseworker"), f"/seekers/{post.seeker}/messages"
    page = browser.see(f"{place}/{message}")
    assert "失败：号码或邮箱不存在" in page
    for act in ("repeat", "settle"):
        fields = form_of(page, f"{place}/{message}/{act}", holding="command_id")
        answer = browser.client.post(f"{place}/{message}/{act}", data=fields | {"how": "phone"})
        assert answer.status_code == 303, answer.text[:2000]
    after = browser.see(f"{place}/{message}")
    assert "重发的那一条" in after
    assert "已另行告知" in after
    post.look(Dry())


def test_only_officers_read_the_text(post: Post) -> None:
    message = post.queue()
    place = f"/seekers/{post.seeker}/messages/{message}"
    assert "请带身份证来一趟。" in post.town.at("caseworker").see(place)
    read = post.town.at("auditor").see(place)
    assert "请带身份证来一趟。" not in read
    assert "原文只给承办人看" in read
    post.look(Dry())


def test_a_past_moment_of_the_case_knows_only_what_was_asked_by_then(post: Post) -> None:
    post.queue()
    browser, place = post.town.at("caseworker"), f"/seekers/{post.seeker}"
    assert "消息：其他通知" in browser.see(place)
    assert "消息：其他通知" not in browser.see(f"{place}?at=1")
    post.look(Dry())


def test_an_employer_without_a_contact_is_named_with_the_way_to_name_one(post: Post) -> None:
    state = post.state(post.dispute)
    spoken_for = {
        one.employer for one in post.office.messaging.messages.recipients(post.dispute, state)
    }
    silent = [one for one in state.respondents if one not in spoken_for]
    page = post.town.at("mediator").see(f"/disputes/{post.dispute}/messages/new")
    assert [one for one in silent if f"/employers/{one}/name_contact" in page] == silent
    assert silent


def test_a_message_of_another_case_is_not_there(post: Post) -> None:
    message = post.queue()
    post.town.at("mediator").see(f"/disputes/{post.dispute}/messages/{message}", 404)
    post.look(Dry())
