"""Papers at the counter and the progress page on a phone, as a mediator and a worker use them."""

import re

from tests.browser.visitor import Visitor
from tests.printed import printed


def issued(desk: Visitor, place: str, kind: str, **asked: str) -> tuple[str, str, bytes]:
    """Preview a paper, issue it, open its PDF; give its id, its code and the file."""
    chosen = "&".join(f"{name}={value}" for name, value in asked.items())
    desk.page.goto(f"{place}/papers/new/{kind}?{chosen}")
    assert desk.page.locator(".sheets img").count(), kind
    desk.submit()
    assert desk.path == f"{place}/papers", f"{kind}: {desk.told()}"
    row = desk.page.locator("table.papers tbody tr").first
    file = row.locator("a").first.get_attribute("href")
    pdf = desk.context.request.get(f"{desk.site.address}{file}").body()
    return str(row.get_attribute("id")), row.locator("code").inner_text(), pdf


def paper(desk: Visitor, place: str, kind: str, *words: str, **asked: str) -> bytes:
    """Issue a paper that says these words, and have a stranger confirm it by code and file."""
    document, code, pdf = issued(desk, place, kind, **asked)
    assert pdf.startswith(b"%PDF-1.7")
    said = printed(pdf)
    for one in (*words, code.replace(" ", "")):
        assert "".join(one.split()) in said, f"{kind}: {one}"
    desk.page.goto(f"/verify/{document}")
    desk.fill(code=code, file={"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf})
    desk.page.locator("button.p-btn").click()
    assert "是本站出具的文书。" in desk.words, kind
    assert "文件一字不差。" in desk.words, kind
    return pdf


def codes(desk: Visitor, place: str, *workers: str) -> list[str]:
    """Hand out codes for the progress page; the slips are in the order of the workers."""
    desk.open(f"{place}/codes")
    for box in desk.page.locator("input[name=persons]").all():
        box.set_checked(box.get_attribute("value") in workers)
    desk.page.locator("main button.primary").click()
    desk.look()
    found = desk.page.locator(".slip .code").all_inner_texts()
    assert all(re.fullmatch("[2-9A-Z]{4}-[2-9A-Z]{4}", one) for one in found)
    return found


class Worker:
    """A claimant who follows the case on a phone, by number and code."""

    def __init__(self, phone: Visitor, code: str) -> None:
        self.phone, self.code = phone, code

    def sees(self, number: str, *words: str) -> None:
        """Look the case up anew, and read these words on its page."""
        self.phone.context.clear_cookies()
        self.phone.open("/progress")
        self.phone.fill(number=number, code=self.code)
        self.phone.page.locator("button.p-btn").click()
        assert self.phone.path == "/progress/case", self.phone.words
        self.phone.look()
        for one in words:
            assert one in self.phone.words, one

    def opens(self, title: str, pdf: bytes) -> None:
        """Open the own copy of a paper: the same file as at the counter."""
        link = self.phone.page.locator(".p-docs a", has_text=title).first
        file = self.phone.context.request.get(
            f"{self.phone.site.address}{link.get_attribute('href')}"
        )
        assert file.body() == pdf
