"""What was typed outlives a closed browser and an ended session, for its owner alone (F-28)."""

import uuid
from datetime import timedelta

from tests.canaries import Canary, Hunt, dump
from tests.security.conftest import Client, Whole
from tests.web.reading import act_form

TYPED = "龘齉先生说周三再来，电话 13912345678"


def note(whole: Whole) -> str:
    return f"/seekers/{whole.cases['seekers']}/add_note"


def fresh(whole: Whole, role: str = "caseworker") -> Client:
    """A new browser of a role."""
    return Client(whole.site, whole.office.accounts.start_session(whole.accounts[role]).token)


def test_a_saved_draft_comes_back_in_another_browser_and_goes_with_the_act(whole: Whole) -> None:
    before, path = whole.last, note(whole)
    first = fresh(whole)
    command = act_form(first.get(path)).values["command_id"]
    saved = first.post("/drafts", draft_of=path, note=TYPED, command_id=command)
    assert (saved.status_code, saved.headers["location"]) == (303, f"{path}?draft=1")
    second = fresh(whole)
    assert path in second.get("/drafts").text
    offered = second.get(path)
    assert TYPED not in offered.text
    assert f"{path}?draft=1" in offered.text
    form = act_form(second.get(f"{path}?draft=1"))
    assert (form.values["note"], form.values["command_id"]) == (TYPED, command)
    assert whole.last == before  # a draft is no fact
    done = second.post(path, **{k: v for k, v in form.values.items() if k != "csrf"})
    assert done.status_code == 303
    assert whole.last == before + 1
    assert "draft=1" not in second.get(path).text
    assert path not in second.get("/drafts").text


def test_what_meets_an_ended_session_is_kept_and_offered_after_the_sign_in(whole: Whole) -> None:
    path, before = note(whole), whole.last
    late = fresh(whole, "station_manager")
    form = act_form(late.get(path))
    assert late.csrf
    with whole.database.pools.writer.connection() as conn:
        conn.execute(
            "UPDATE office.sessions SET seen_at = seen_at - %s WHERE account = %s",
            [timedelta(hours=1), whole.accounts["station_manager"]],
        )
    answer = late.post(path, note=TYPED, command_id=form.values["command_id"])
    assert answer.status_code == 303
    back = answer.headers["location"]
    assert back == f"/login?next={path}?draft=1"
    assert whole.last == before
    assert 'value="' + path + '?draft=1"' in Client(whole.site).get(back).text
    again = fresh(whole, "station_manager")
    assert act_form(again.get(f"{path}?draft=1")).values["note"] == TYPED
    dropped = again.post("/drafts/drop", draft_of=path, back=path)
    assert dropped.headers["location"] == path
    assert "draft=1" not in again.get(path).text


def test_a_stranger_cannot_plant_a_draft_by_an_ended_session(whole: Whole) -> None:
    path, late = note(whole), fresh(whole, "station_manager")
    assert late.csrf
    with whole.database.pools.writer.connection() as conn:
        conn.execute("UPDATE office.sessions SET seen_at = seen_at - interval '1 hour'")
    values = {"note": "-", "command_id": str(uuid.uuid4())}
    assert late.http.post(path, data=values | {"csrf": "0" * 64}).status_code == 403
    foreign = {"origin": "https://evil.example"}
    sent = late.http.post(path, data=values | {"csrf": late.csrf}, headers=foreign)
    assert sent.status_code == 403
    assert whole.parts.extra["drafts"].of(whole.accounts["station_manager"]) == []


def test_drafts_are_their_owners_alone_sealed_and_end_by_themselves(whole: Whole) -> None:
    path, owner = note(whole), fresh(whole)
    owner.post("/drafts", draft_of=path, note=TYPED, csrf_note="x")
    other = fresh(whole, "station_manager")
    assert "draft=1" not in other.get(path).text
    assert path not in other.get("/drafts").text
    canary = Canary("龘齉先生", "449900199001010000", "13912345678", "male")
    assert Hunt([canary]).search(dump(whole.database)) == []
    drafts = whole.parts.extra["drafts"]
    assert drafts.find(whole.accounts["caseworker"], path) is not None
    with whole.database.pools.writer.connection() as conn:
        conn.execute("UPDATE office.drafts SET saved_at = saved_at - interval '15 days'")
    assert drafts.find(whole.accounts["caseworker"], path) is None
    drafts.keep(whole.accounts["caseworker"], "/seekers/new/register", {"name": "甲"})
    with whole.database.pools.writer.connection() as conn:
        left = conn.execute("SELECT form FROM office.drafts WHERE form LIKE '/%'").fetchall()
    assert left == [("/seekers/new/register",)]


def test_the_page_says_when_it_ends_and_lets_one_stay(whole: Whole) -> None:
    client = fresh(whole)
    page = client.get(note(whole)).text
    assert 'href="/alive"' in page
    assert 'data-idle="1800"' in page or 'data-idle="1799"' in page
    assert "已延长到" in client.get("/alive").text
    assert client.http.post("/drafts", data={"csrf": client.csrf}).status_code == 409
