"""Papers of a case: list, preview, issue, one for everybody, PDF, codes; verification."""

import re
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.database import Database
from tests.printed import printed
from tests.stories import TEN, WORKERS
from tests.web.dispute_office import said, words
from tests.web.papers_office import MEDIATOR, Office
from tests.web.reading import Form, Page, forms


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    return Office(database, tmp_path)


def form_to(page: Response, action: str) -> Form:
    return next(one for one in forms(page) if (one.action, one.method) == (action, "post"))


def send(browser: TestClient, page: Response, *, action: str, **values: str) -> Response:
    return browser.post(action, data={**form_to(page, action).values, **values})


def issue(office: Office, kind: str, query: str = "") -> str:
    browser = office.browser()
    page = browser.get(f"{office.place}/papers/new/{kind}{query}")
    assert page.status_code == 200, said(page)
    action = f"{office.place}/papers/new/{kind}"
    answer = send(browser, page, action=action)
    assert answer.status_code == 303, said(answer)
    return str(answer.headers["location"]).partition("#")[2]


def test_the_list_offers_what_can_be_issued_and_says_why_not_for_the_rest(office: Office) -> None:
    page = office.browser().get(f"{office.place}/papers")
    assert page.status_code == 200
    told = words(page)
    assert "调解协议书" in told
    assert "可每人一份，30 人" in told
    assert "本案还没有结案。 规则 D-09" in told
    links = Page(page.text).links
    assert f"{office.place}/papers/new/agreement" in links
    assert f"{office.place}/papers/new/closing" not in links


def test_one_click_after_the_preview_issues_a_paper(office: Office) -> None:
    page = office.browser().get(f"{office.place}/papers/new/acceptance")
    assert "data:image/png;base64," in page.text
    document = issue(office, "acceptance")
    (fact,) = office.issued()
    assert (fact.document, fact.kind, len(fact.sha256)) == (document, "acceptance", 64)
    listed = words(office.browser().get(f"{office.place}/papers"))
    assert f"{fact.code[:8]} {fact.code[8:]}" in listed
    pdf = office.browser().get(f"{office.place}/papers/{document}")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["cache-control"] == "no-store"
    assert ("reveal", MEDIATOR, office.case, "document") in office.reads.rows


def test_nobody_types_a_hash(office: Office) -> None:
    for path in ("issue_document", "issue_documents"):
        assert office.browser().get(f"{office.place}/{path}").status_code == 404
    page = office.browser().get(f"{office.place}/papers/new/agreement")
    fields = {name for form in forms(page) for name in form.shown}
    assert fields.isdisjoint({"sha256", "salt", "document", "engine", "template"})


def test_a_form_sent_twice_issues_one_paper(office: Office) -> None:
    browser = office.browser()
    page = browser.get(f"{office.place}/papers/new/summary")
    for _ in range(2):
        assert send(browser, page, action=f"{office.place}/papers/new/summary").status_code == 303
    assert len(office.issued()) == 1


def test_a_wrong_day_comes_back_at_its_field_and_issues_nothing(office: Office) -> None:
    browser = office.browser()
    page = browser.get(f"{office.place}/papers/new/summary")
    action = f"{office.place}/papers/new/summary"
    answer = send(browser, page, action=action, occurred_on="2027-01-01")
    assert answer.status_code == 409
    assert "发生日期不能晚于今天" in words(answer)
    assert 'value="2027-01-01"' in answer.text
    assert office.issued() == []


def test_a_paper_that_cannot_be_issued_is_refused_by_page_and_server_alike(office: Office) -> None:
    browser = office.browser()
    page = browser.get(f"{office.place}/papers/new/closing")
    assert page.status_code == 409
    assert "本案还没有结案。" in words(page)
    other = browser.get(f"{office.place}/papers/new/summary")
    form = next(f for f in forms(other) if f.action.endswith("/papers/new/summary"))
    answer = browser.post(f"{office.place}/papers/new/closing", data=form.values)
    assert answer.status_code == 409
    assert "本案还没有结案。" in words(answer)


def test_a_paper_of_a_past_day_is_set_from_the_records_of_that_day(office: Office) -> None:
    browser = office.browser()
    page = browser.get(f"{office.place}/papers?at=40")
    assert "历史状态：第 40 条记录之后" in words(page)
    form = browser.get(f"{office.place}/papers/new/summary?at=40")
    action = f"{office.place}/papers/new/summary?at=40"
    assert send(browser, form, action=action).status_code == 303
    (fact,) = office.issued()
    assert fact.at_position == office.store.history(office.case)[39].position
    assert office.papers.documents.render(office.case, fact.document).same


def test_everybody_gets_an_own_paper_by_one_job_and_one_file(office: Office) -> None:
    browser = office.browser()
    page = browser.get(f"{office.place}/papers/new/receipt?about=3")
    answer = send(browser, page, action=f"{office.place}/papers/all/receipt")
    assert answer.status_code == 303
    place = str(answer.headers["location"])
    office.office.jobs.run_all()
    done = browser.get(place)
    link = next(one for one in Page(done.text).links if "/papers/file/" in one)
    pdf = browser.get(link)
    assert pdf.content.startswith(b"%PDF-1.7")
    workers = [WORKERS[number - 1] for number in TEN]
    assert [fact.worker for fact in office.issued()] == workers
    assert len({fact.code for fact in office.issued()}) == len(TEN)
    office.office.jobs.run_all()
    assert len(office.issued()) == len(TEN)


def test_who_may_not_issue_sees_the_list_and_no_paper(office: Office) -> None:
    document = issue(office, "acceptance")
    auditor = office.browser("auditor")
    page = auditor.get(f"{office.place}/papers")
    assert page.status_code == 200
    assert "您的角色不能为本案出具文书。" in words(page)
    assert auditor.get(f"{office.place}/papers/{document}").status_code == 409
    assert auditor.get(f"{office.place}/papers/new/acceptance").status_code == 403
    assert auditor.get(f"{office.place}/codes").status_code == 403


def test_codes_are_shown_once_on_slips_and_open_the_progress_page(office: Office) -> None:
    browser = office.browser()
    page = browser.get(f"{office.place}/codes")
    form = next(one for one in forms(page) if one.action.endswith("/codes"))
    data: dict[str, object] = {**form.values, "persons": list(WORKERS[:2])}
    slips = browser.post(f"{office.place}/codes", data=data)
    codes = re.findall(r'class="code">([2-9A-Z-]{9})<', slips.text)
    assert len(set(codes)) == 2
    assert browser.post(f"{office.place}/codes", data=data).text.count(codes[0]) == 1
    assert office.codes.digest(codes[0]) == office.state().access[WORKERS[0]]
    assert codes[0] not in str(office.store.facts(office.case))
    empty = browser.post(f"{office.place}/codes", data={**form.values, "persons": []})
    assert empty.status_code == 409


def test_a_claimant_called_like_source_prints_as_that_text(
    database: Database, tmp_path: Path
) -> None:
    office = Office(database, tmp_path)
    hostile = '#eval("x")]'
    drawn = office.papers.documents
    case = office.store.history(WORKERS[0])[0]
    identity = case.event.identity.value  # type: ignore[attr-defined]  # a registration
    identity["name"] = hostile
    for kind, query in (("acceptance", f"?worker={WORKERS[0]}"), ("agreement", "?about=1")):
        document = issue(office, kind, query)
        pdf = office.browser().get(f"{office.place}/papers/{document}")
        assert pdf.content == drawn.render(office.case, document).content
        said_on_paper = printed(pdf.content)
        assert hostile in said_on_paper
        assert office.state().case_no in said_on_paper


def test_a_paper_is_had_as_a_word_file_by_who_may_issue_it(office: Office) -> None:
    page = office.browser().get(f"{office.place}/papers/new/agreement?about=1")
    link = next(one for one in Page(page.text).links if "/papers/word/agreement" in one)
    answer = office.browser().get(link)
    assert answer.headers["content-disposition"] == 'attachment; filename="agreement.docx"'
    assert answer.content.startswith(b"PK")
    assert office.issued() == []
    assert ("reveal", MEDIATOR, office.case, "document") in office.reads.rows
    assert office.browser().get(f"{office.place}/papers/word/closing").status_code == 409
    assert office.browser("auditor").get(link).status_code == 403


# Verification


def verify(office: Office, code: str, document: str = "", file: bytes = b"") -> tuple[int, str]:
    browser = office.browser("")
    page = browser.get(f"/verify/{document}" if document else "/verify")
    (form,) = [one for one in forms(page) if one.action == "/verify"]
    files = {"file": ("a.pdf", file, "application/pdf")} if file else None
    answer = browser.post("/verify", data={**form.values, "code": code}, files=files)
    return answer.status_code, words(answer)


def test_a_paper_is_confirmed_without_being_shown_and_its_file_compared(office: Office) -> None:
    document = issue(office, "agreement", f"?worker={WORKERS[0]}")
    (fact,) = office.issued()
    pdf = office.papers.documents.render(office.case, document).content
    status, told = verify(office, f"{fact.code[:8]} {fact.code[8:].upper()}", document, pdf)
    assert status == 200
    assert "是本站出具的文书。" in told
    assert "文件一字不差。" in told
    assert office.names[WORKERS[0]] not in told
    assert "15,000" not in told
    assert "文件与出具时不同。" in verify(office, fact.code, "", pdf + b" ")[1]
    assert verify(office, fact.code)[0] == 200


def test_a_wrong_code_and_a_missing_paper_look_alike(office: Office) -> None:
    document = issue(office, "summary")
    (fact,) = office.issued()
    other = "document-00000000-0000-0000-0000-000000000000"
    answers = {
        re.sub(r"document-[0-9a-f-]{36}", "", re.sub(r"value=\S+", "", told))
        for told in (
            verify(office, "0" * 16, document)[1],
            verify(office, "0" * 16, other)[1],
            verify(office, fact.code, other)[1],
        )
    }
    assert len(answers) == 1
    assert "没有找到这个核验码的文书" in answers.pop()
