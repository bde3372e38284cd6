"""What a file is by its bytes: what is taken, and everything that pretends to be such."""

import random

import pytest

from application.attachments.content import media_type
from domain.attachments import MEDIA
from domain.kernel import Refused
from tests.files import jpeg, office, pdf, png, webp, word

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
DOCX, XLSX = list(MEDIA)[-2:]


def called(value: str | bytes) -> str:
    """Name a case by its words: an archive holds the moment it was made at."""
    return value if isinstance(value, str) else "bytes"


@pytest.mark.parametrize(
    ("content", "name", "media"),
    [
        (png(), "门前.png", "image/png"),
        (png(), "A.PNG", "image/png"),
        (jpeg(), "IMG_1.jpg", "image/jpeg"),
        (jpeg(behind=b"SEFT of a camera"), "IMG_1.jpeg", "image/jpeg"),
        (webp(), "a.webp", "image/webp"),
        (pdf(), "合同.pdf", "application/pdf"),
        (word(), "情况说明.docx", DOCX),
        (office(), "考勤.xlsx", XLSX),
    ],
    ids=called,
)
def test_what_people_attach_is_known_by_its_bytes(content: bytes, name: str, media: str) -> None:
    assert media_type(content, name) == media


def zip_bomb() -> bytes:
    return office(xl__worksheets__sheet1_xml=b"0" * 150_000_000)


@pytest.mark.parametrize(
    ("content", "name", "because"),
    [
        (HTML, "照片.png", "不符"),
        (HTML, "page.html", "只能添加"),
        (SVG, "a.svg", "只能添加"),
        (SVG, "a.png", "不符"),
        (b"MZ\x90", "virus.exe", "只能添加"),
        (b"MZ\x90", "virus.pdf", "不符"),
        (png(), "a.jpg", "“.jpg”不符"),
        (png(), "noending", "只能添加"),
        (pdf(), "a.docx", "不符"),
        (word(), "a.xlsx", "不符"),
        (png() + HTML, "polyglot.png", "损坏"),
        (png()[:-20], "half.png", "损坏"),
        (png(wide=65_000, high=65_000), "huge.png", "损坏"),
        (jpeg() + office(), "archive.jpg", "损坏"),
        (jpeg()[:30], "half.jpg", "损坏"),
        (jpeg(wide=65_000, high=65_000), "huge.jpg", "损坏"),
        (webp() + HTML, "a.webp", "损坏"),
        (pdf()[:-8], "half.pdf", "损坏"),
        (HTML + pdf(), "a.pdf", "不符"),
        (office("presentationml.presentation"), "a.xlsx", "不符"),
        (office(xl__vbaProject_bin=b"x"), "macro.xlsx", "不符"),
        (office()[:60], "half.xlsx", "损坏"),
        (b"PK\x03\x04" + b"0" * 40, "a.docx", "损坏"),
        (b"", "a.png", "不符"),
    ],
    ids=called,
)
def test_what_pretends_to_be_such_is_refused(content: bytes, name: str, because: str) -> None:
    with pytest.raises(Refused) as told:
        media_type(content, name)
    assert (told.value.rule, told.value.field) == ("A-02", "files")
    assert because in str(told.value)


def test_a_bomb_is_refused_by_its_directory_without_being_unpacked() -> None:
    with pytest.raises(Refused) as told:
        media_type(zip_bomb(), "考勤.xlsx")
    assert (told.value.rule, told.value.field) == ("A-02", "files")
    assert "上限" in str(told.value)


def test_whatever_bytes_come_the_answer_is_a_type_or_a_refusal() -> None:
    hand = random.Random(7)  # noqa: S311 - the same bytes each time
    names = ("a.png", "a.jpg", "a.webp", "a.pdf", "a.docx", "a.xlsx")
    for made in (png(), jpeg(), webp(), pdf(), word(), office()):
        for _ in range(300):
            content = bytearray(made)
            for _ in range(hand.randint(1, 6)):
                content[hand.randrange(len(content))] = hand.randrange(256)
            try:
                assert media_type(bytes(content[: hand.randint(1, len(made))]), hand.choice(names))
            except Refused as refused:
                assert refused.rule == "A-02"  # noqa: PT017 - either answer is right
