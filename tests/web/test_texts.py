"""Both languages: every marked sentence has its English, with the same gaps."""

import ast
import re
import string
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from jinja2 import nodes

from domain.catalogue import catalogue
from domain.kernel import Refused
from domain.money import Fen
from tests.web import fakes
from web.fact_words import FACTS
from web.pages import ENVIRONMENT, TEMPLATES
from web.texts import LOCALE, areas, counted, english, say, sentence, use

ROOT = LOCALE.parent.parent
PACKAGES = ("domain", "application", "projections", "web", "yizhan")
SOURCES = [p for package in PACKAGES for p in sorted((ROOT / package).rglob("*.py"))]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Chinese that is no sentence of ours: the other language's name, and what people are called.
NAMES = {
    "中文",
    "王敏",
    "鹤城镇就业驿站",
    "何志远",
    "黄文杰",
    "陈静",
    "号",
    "鹤劳调",
    "锦霞制衣（示例）有限公司",
    "名工人",
}


@cache
def marked(path: Path) -> list[str]:
    """The sentences that a source file marks with N_("…")."""
    return list(_marked(path))


def _marked(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_":
            (text,) = node.args
            assert isinstance(text, ast.Constant), f"{path}:{node.lineno}: not a literal"
            yield str(text.value)


def drawn(path: Path) -> Iterator[str]:
    """The sentences that a template asks for with _("…")."""
    for call in ENVIRONMENT.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_":
            found = (call.args[0], *call.args[0].find_all(nodes.Const))
            texts = [node.value for node in found if isinstance(node, nodes.Const)]
            yield from (text for text in texts if isinstance(text, str))


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_sentence_of_a_source_file_has_its_english(path: Path) -> None:
    assert [text for text in marked(path) if text not in english()] == []


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: p.relative_to(TEMPLATES).as_posix()
)
def test_every_sentence_of_a_template_has_its_english(path: Path) -> None:
    assert [text for text in drawn(path) if CHINESE.search(text) and text not in english()] == []


@pytest.mark.parametrize("area", sorted(areas()))
def test_both_languages_have_the_same_gaps(area: str) -> None:
    assert [k for k, text in areas()[area].items() if gaps(k) != gaps(text)] == []


@pytest.mark.parametrize("area", sorted(areas()))
def test_english_names_chinese_words_only_where_the_sentence_is_about_them(area: str) -> None:
    runs = [
        (key, run)
        for key, text in areas()[area].items()
        for run in re.findall(r"[\u4e00-\u9fff]+", text)
    ]
    assert [run for key, run in runs if run not in key] == []


def test_a_sentence_has_its_english_in_one_area() -> None:
    places: dict[str, list[str]] = {}
    for area, sentences in areas().items():
        for text in sentences:
            places.setdefault(text, []).append(area)
    assert {text: found for text, found in places.items() if len(found) > 1} == {}


def test_the_shell_keeps_no_sentence_that_nobody_says() -> None:
    said = {text for path in SOURCES for text in marked(path)}
    said |= {text for path in TEMPLATES.rglob("*.html") for text in drawn(path)}
    assert sorted(areas()["web"].keys() - said) == []


def test_a_refusal_is_a_sentence_in_both_languages_with_its_values_written_out() -> None:
    refused = Refused(
        rule="S-19",
        text="发生日期早于本案最早日期{first_on}超过{days}天，须由站长说明理由。",
        first_on=date(2026, 3, 2),
        days=30,
    )
    assert sentence(refused, "zh-CN").startswith("发生日期早于本案最早日期2026-03-02超过30天")
    assert "2026-03-02" in sentence(refused, "en")
    assert not CHINESE.search(sentence(refused, "en"))


@pytest.mark.parametrize(
    ("count", "told", "unit"), [(1, "1 day overdue", "case"), (2, "2 days overdue", "cases")]
)
def test_english_counts_one_as_one(count: int, told: str, unit: str) -> None:
    use("en")
    assert say("逾期 {days} 天", days=count) == told
    assert counted(say("件"), count) == unit
    use("zh-CN")
    assert say("逾期 {days} 天", days=count) == f"逾期 {count} 天"
    assert counted(say("件"), count) == "件"


def test_amounts_and_codes_in_a_refusal_are_words() -> None:
    refused = Refused(rule="D-07", text="{amount}，{state}", amount=Fen(896_000), state="ACCEPTED")
    assert sentence(refused) == "¥8,960.00，已受理"


@pytest.mark.parametrize("path", ["/login", "/cases", "/cases?state=STABLE", "/account", "/help"])
def test_an_english_page_shows_no_chinese_sentence(path: str) -> None:
    browser = fakes.browser(
        fakes.parts(test_clock=True, demo=fakes.DEMO), "" if path == "/login" else "mediator"
    )
    if path != "/login":
        token = browser.get("/account").text.split('name="csrf" value="')[1].split('"')[0]
        browser.post("/look", data={"csrf": token, "language": "en"})
    browser.cookies.set("language", "en")
    text = re.sub(r"<[^>]*>", "\n", browser.get(path).text)
    for name in NAMES | {view.name for view in fakes.PEOPLE.values()} | {"龚*", "陈*", "黄*"}:
        text = text.replace(name, "")
    assert [line for line in text.splitlines() if CHINESE.search(line)] == []


def test_every_fact_of_both_cores_has_a_word() -> None:
    topics = {topic.partition(".") for topic in catalogue()}
    said = {verb for kind, _, verb in topics if kind in {"seeker", "dispute"}}
    assert said == FACTS.keys()
