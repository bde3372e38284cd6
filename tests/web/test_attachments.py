"""Attachments through the pages: adding, looking, opening, checking, withdrawing, and who may."""

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from application.database.embedded import EmbeddedServer
from domain.attachments import offered
from domain.dispute import DisputeCase
from domain.seeker import SeekerCase
from tests.caseload.town import Town, desks
from tests.files import jpeg, office, pdf, png
from tests.web.reading import Page, act_form, forms
from tests.wired import wired
from web.security import SANDBOX

Files = list[tuple[str, tuple[str, bytes]]]


@pytest.fixture(scope="module")
def town(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with wired(server, tmp_path_factory.mktemp("attachments"), desks) as found:
        yield found


def owned(town: Town, kind: str, label: str) -> str:
    """Give an open case of somebody that has no attachment yet."""
    account = town.places.staff[label].account
    with town.office.installation.pools.reader.connection() as conn:
        rows = conn.execute(
            "SELECT case_id FROM wall.caseload WHERE owner = %s AND kind = %s"
            " AND state NOT IN ('LEAD', 'CLOSED') AND to_position = 2^63 - 1 ORDER BY case_id",
            [account, kind],
        ).fetchall()
    cases = [case for (case,) in rows if not held(town, case)]
    assert cases, f"{label} has no {kind} left"
    return str(cases[0])


def held(town: Town, case: str) -> list[Any]:
    kind: Any = SeekerCase if case.startswith("seeker") else DisputeCase
    return list(town.office.store.load(kind, case).attachments.values())


def place(case: str) -> str:
    return f"/{case.split('-', maxsplit=1)[0]}s/{case}/attachments"


def send(browser: TestClient, page: Response, files: Files, **values: str) -> Response:
    form = next(one for one in forms(page) if one.action.endswith(("/attachments", "/photos")))
    data = {k: v for k, v in form.values.items() if k != "files"} | values
    return browser.post(form.action, data=data, files=files)


def attach(town: Town, case: str, label: str, *files: tuple[str, bytes], **values: str) -> Response:
    browser = town.client(label)
    given: Files = [("files", one) for one in files]
    said = {"kind": "evidence", **values}
    return send(browser, browser.get(place(case)), given, **said)


def on_disk(town: Town) -> set[str]:
    folder = town.office.attachments.shelf.folder
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_many_files_are_attached_at_once_and_shown_with_their_hash(town: Town) -> None:
    case = owned(town, "dispute", "mediator")
    photo, contract = png(1), pdf(b"(one)")
    files = (("厂门口.png", photo), ("劳动合同.pdf", contract), ("考勤.xlsx", office()))
    answer = attach(town, case, "mediator", *files, kind="contract", title="2025年3月工资")
    assert (answer.status_code, answer.headers["location"]) == (303, place(case))
    page = town.client("mediator").get(place(case)).text
    assert page.count("2025年3月工资") >= 3
    assert hashlib.sha256(photo).hexdigest() in page
    assert hashlib.sha256(contract).hexdigest() in page
    assert "未经病毒扫描" in page
    assert page.count("/preview") == 1  # of the picture alone
    whole = town.client("mediator").get(f"/disputes/{case}").text
    assert "添加附件" in whole  # on the timeline
    assert hashlib.sha256(photo).hexdigest() in whole  # and on what is printed
    assert {one.fact.stored for one in held(town, case)} <= on_disk(town)
    assert amendments(town, case, "mediator") == [True, False]


def test_a_double_click_and_the_same_file_again_attach_nothing_twice(town: Town) -> None:
    case = owned(town, "dispute", "mediator")
    browser = town.client("mediator")
    page = browser.get(place(case))
    for _ in range(2):
        answer = send(browser, page, [("files", ("a.png", png(2)))], kind="evidence")
        assert answer.status_code == 303
    before = on_disk(town)
    assert attach(town, case, "mediator", ("b.png", png(2))).status_code == 303
    assert len(held(town, case)) == 1
    assert on_disk(town) == before


@pytest.mark.parametrize(
    ("files", "values", "status", "because"),
    [
        ([("照片.png", b"<!doctype html><script>alert(1)</script>")], {}, 409, "不符"),
        ([("a.svg", b"<svg/>")], {}, 409, "只能添加"),
        ([("a.png", png(3) + b"<html>")], {}, 409, "损坏"),
        ([("a.png", png(3)), ("b.html", b"<html>")], {}, 409, "只能添加"),
        ([("big.pdf", b"%PDF-" + b"0" * 10_000_000)], {}, 409, "超过10MB"),
        ([("empty.pdf", b"")], {}, 409, "空"),
        ([("a.png", png(3))], {"kind": ""}, 409, "请选择附件的种类"),
        ([("a.png", png(3))], {"title": "长" * 61}, 409, "60个字"),
        ([("a.png", png(3))], {"about": "person-nobody"}, 409, "本案的申请人"),
        ([], {}, 409, "请选择要添加的文件"),
    ],
)
def test_what_is_refused_leaves_nothing_and_keeps_what_was_typed(
    town: Town,
    files: list[tuple[str, bytes]],
    values: dict[str, str],
    status: int,
    because: str,
) -> None:
    case = owned(town, "dispute", "mediator")
    before = on_disk(town)
    answer = attach(town, case, "mediator", *files, **{"title": "聊天记录", **values})
    assert (answer.status_code, because in answer.text) == (status, True), answer.text[-3000:]
    if "title" not in values:
        assert act_form(answer).values["title"] == "聊天记录"
    assert held(town, case) == []
    assert on_disk(town) == before


def test_of_several_files_the_one_that_was_refused_is_named(town: Town) -> None:
    case = owned(town, "dispute", "mediator")
    answer = attach(town, case, "mediator", ("好.png", png(3)), ("坏.pdf", b"%PDF-half"))
    assert "坏.pdf：文件已损坏" in answer.text
    answer = attach(town, case, "mediator", ("好.png", png(3)), ("好2.png", png(4)), kind="")
    assert "好.png：" not in answer.text.partition("f-kind")[0]


def test_a_picture_is_shown_in_a_sandbox_and_other_files_are_saved(town: Town) -> None:
    case = owned(town, "dispute", "mediator")
    photo, contract = png(4), pdf(b"(two)")
    attach(town, case, "mediator", ("门口.png", photo), ("劳动\"合同'/.pdf", contract))
    browser = town.client("mediator")
    shown = {one.fact.media_type: one.fact.attachment for one in held(town, case)}
    picture = browser.get(f"{place(case)}/{shown['image/png']}")
    assert (picture.status_code, picture.content) == (200, photo)
    assert picture.headers["content-type"] == "image/png"
    assert picture.headers["content-security-policy"] == SANDBOX
    assert picture.headers["x-content-type-options"] == "nosniff"
    assert picture.headers["cache-control"] == "no-store"
    assert picture.headers["content-disposition"].startswith("inline; ")
    assert f"filename*=UTF-8''{quote('门口.png')}" in picture.headers["content-disposition"]
    saved = browser.get(f"{place(case)}/{shown['application/pdf']}")
    assert saved.content == contract
    assert saved.headers["content-disposition"].startswith('attachment; filename="attachment-')
    assert saved.headers["content-disposition"].isascii()
    assert browser.get(f"{place(case)}/{shown['application/pdf']}/preview").status_code == 404
    assert browser.get(f"{place(case)}/attachment-none").status_code == 404


def test_every_look_at_a_file_stands_in_the_read_log(town: Town) -> None:
    case = owned(town, "dispute", "mediator")
    attach(town, case, "mediator", ("a.png", png(5)))
    browser, (one,) = town.client("mediator"), held(town, case)
    browser.get(f"{place(case)}/{one.fact.attachment}/preview")
    browser.get(f"{place(case)}/{one.fact.attachment}")
    reads = [(row.kind, row.field_class, row.purpose) for row in town.office.reads.of(case)]
    assert ("view", "attachment", "") in reads
    assert ("reveal", "attachment", "document") in reads


def test_who_only_reads_a_case_sees_the_hash_has_it_checked_and_opens_nothing(town: Town) -> None:
    case = owned(town, "dispute", "mediator")
    attach(town, case, "mediator", ("工资条.png", png(6)), title="三月工资条")
    (one,) = held(town, case)
    auditor = town.client("auditor")
    page = auditor.get(place(case))
    assert one.fact.sha256 in page.text
    assert "限制查看" in page.text
    assert "三月工资条" not in page.text
    assert "/preview" not in page.text
    at = f"{place(case)}/{one.fact.attachment}"
    refused = auditor.get(at)
    assert (refused.status_code, "P-05" in refused.text) == (409, True)
    check = next(form for form in forms(page) if form.action.startswith(f"{at}/check"))
    answer = auditor.post(check.action.partition("#")[0], data=check.values)
    assert (answer.status_code, "文件与登记时的校验值一致" in answer.text) == (200, True)
    assert auditor.get(f"{at}/withdraw").status_code == 403
    csrf = check.values
    assert (
        auditor.post(place(case), data=csrf, files={"files": ("a.png", png())}).status_code == 403
    )


def test_a_changed_and_a_missing_file_are_said_on_the_page_and_not_opened(town: Town) -> None:
    case = owned(town, "dispute", "mediator")
    attach(town, case, "mediator", ("a.png", png(7)), ("b.png", png(8)), ("c.png", png(9)))
    browser, folder = town.client("mediator"), town.office.attachments.shelf.folder
    flipped, cut, gone = held(town, case)
    sealed = bytearray((folder / flipped.fact.stored).read_bytes())
    sealed[40] ^= 1
    (folder / flipped.fact.stored).write_bytes(sealed)
    (folder / cut.fact.stored).write_bytes(b"short")
    (folder / gone.fact.stored).unlink()
    page = browser.get(place(case)).text
    assert "文件不在服务器上了" in page
    assert "文件与登记时的不一致" in page
    for one in (flipped, cut, gone):
        answer = browser.get(f"{place(case)}/{one.fact.attachment}")
        assert (answer.status_code, "A-05" in answer.text) == (409, True)
    check = next(
        form for form in forms(browser.get(place(case))) if flipped.fact.attachment in form.action
    )
    told = browser.post(check.action.partition("#")[0], data=check.values).text
    assert "文件与登记时的不一致，不能打开" in told
    problems = {one.attachment: one.state for one in town.office.attachments.problems()}
    assert problems == {
        flipped.fact.attachment: "changed",
        cut.fact.attachment: "changed",
        gone.fact.attachment: "missing",
    }


def test_a_withdrawn_file_is_offered_no_more_and_its_story_stays(town: Town) -> None:
    case = owned(town, "dispute", "mediator")
    attach(town, case, "mediator", ("别人的.png", png(10)), title="别人的身份证")
    browser, (one,) = town.client("mediator"), held(town, case)
    at = f"{place(case)}/{one.fact.attachment}"
    form = act_form(browser.get(f"{at}/withdraw"))
    empty = browser.post(form.action, data=form.values | {"reason": " "})
    assert (empty.status_code, "请写明撤回附件的理由" in empty.text) == (409, True)
    for _ in range(2):
        answer = browser.post(form.action, data=form.values | {"reason": "贴错案卷"})
        assert answer.status_code == 303
    assert offered(town.office.store.load(DisputeCase, case).attachments) == []
    page = browser.get(place(case)).text
    assert "已撤回的 1 个" in page
    assert "贴错案卷" in page
    assert browser.get(at).status_code == 409
    assert browser.get(f"{at}/withdraw").status_code == 409
    assert attach(town, case, "mediator", ("别人的.png", png(10))).status_code == 303
    assert len(offered(town.office.store.load(DisputeCase, case).attachments)) == 1


def amendments(town: Town, case: str, label: str) -> list[bool]:
    """Say whether the first fact of a case and its last offer to be corrected."""
    last, at = len(town.office.reader.history(case)), place(case).removesuffix("/attachments")
    pages = [town.client(label).get(f"{at}/events/{version}").text for version in (1, last)]
    return ["更正这一条" in page for page in pages]


def test_a_file_that_was_written_down_as_evidence_is_recognised_by_its_hash(town: Town) -> None:
    case = owned(town, "dispute", "mediator")
    photo = png(11)
    attach(town, case, "mediator", ("a.png", photo))
    lead = f"/disputes/{case}/file_evidence?sha256={hashlib.sha256(photo).hexdigest()}"
    assert lead in Page(town.client("mediator").get(place(case)).text).links
    filled = act_form(town.client("mediator").get(lead)).values
    assert filled["sha256"] == hashlib.sha256(photo).hexdigest()
    town.office.mediation.file_evidence(
        case,
        by=next(iter(town.office.store.load(DisputeCase, case).workers)),
        kind="chat",
        sha256=hashlib.sha256(photo).hexdigest(),
        stamp=town.stamp("mediator"),
    )
    assert "登记的证据校验值相同" in town.client("mediator").get(place(case)).text


def test_photos_of_a_visit_are_taken_on_the_phone(town: Town) -> None:
    case = owned(town, "seeker", "caseworker")
    browser = town.client("caseworker")
    page = browser.get(f"/m/visits/{case}")
    assert 'capture="environment"' in page.text
    files: Files = [("files", ("image.jpg", jpeg(b"one"))), ("files", ("2.jpg", jpeg(b"two")))]
    answer = send(browser, page, files)
    assert answer.headers["location"] == f"/m/visits/{case}?done=photos"
    told = browser.get(answer.headers["location"]).text
    assert "照片已保存到案卷" in told
    assert "已有 2 张走访照片" in told
    assert {one.fact.kind for one in held(town, case)} == {"visit_photo"}
    assert amendments(town, case, "caseworker") == [True, False]
    nothing = send(browser, page, [])
    assert (nothing.status_code, "请选择要添加的文件" in nothing.text) == (409, True)
    tabs = browser.get(f"/seekers/{case}")
    assert place(case) in Page(tabs.text).links
    printed = browser.get(f"/seekers/{case}?print=1").text
    assert held(town, case)[0].fact.sha256 in printed


def test_both_languages_draw_the_pages(town: Town) -> None:
    case = owned(town, "dispute", "mediator")
    attach(town, case, "mediator", ("a.png", png(12)))
    browser, (one,) = town.client("mediator"), held(town, case)
    csrf = forms(browser.get(place(case)))[0].values["csrf"]
    browser.post("/look", data={"csrf": csrf, "language": "en"})
    page = browser.get(place(case)).text
    assert "Attach files" in page
    assert "not scanned for viruses" in page
    assert "Say why" not in page
    told = browser.get(f"{place(case)}/{one.fact.attachment}/withdraw").text
    assert "removed from the server after 30 days" in told
