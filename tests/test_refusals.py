"""Every sentence that the rules can say exists in both languages, with the same values in it."""

import ast
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from yizhan.rules_page import page, sentences

ROOT = Path(__file__).parent.parent
PACKAGES = ("domain", "application", "projections", "web", "yizhan")


@cache
def calls(package: str) -> list[tuple[str, str, ast.Call]]:
    """Read the sources of a package once: where, of which name, which call."""
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno}", node.func.id, node)
        for path in sorted((ROOT / package).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]


def english() -> dict[str, str]:
    merged: dict[str, str] = {}
    for path in sorted((ROOT / "web" / "locale").glob("*.toml")):
        merged |= tomllib.loads(path.read_text("utf-8"))
    return merged


def refusals() -> Iterator[tuple[str, ast.Call]]:
    for package in PACKAGES:
        yield from ((place, call) for place, name, call in calls(package) if name == "Refused")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def sentence(call: ast.Call) -> str | None:
    """Give the literal inside N_("..."), or None where the text is passed on from a table."""
    text = next((k.value for k in call.keywords if k.arg == "text"), None)
    if (
        isinstance(text, ast.Call)
        and isinstance(text.func, ast.Name)
        and text.func.id == "N_"
        and isinstance(text.args[0], ast.Constant)
    ):
        return str(text.args[0].value)
    return None


def test_refusals_are_found() -> None:
    assert len(list(refusals())) > 150


def test_every_refusal_has_an_english_sentence_with_the_same_values() -> None:
    catalogue = english()
    missing = []
    for place, call in refusals():
        text = sentence(call)
        if text is None:
            continue
        if text not in catalogue:
            missing.append(f"{place}: {text}")
        elif placeholders(text) != placeholders(catalogue[text]):
            missing.append(f"{place}: other values in {catalogue[text]!r}")
    assert not missing, "\n".join(missing)


def test_every_refusal_hands_over_the_values_that_its_sentence_names() -> None:
    wrong = []
    for place, call in refusals():
        text = sentence(call)
        given = {k.arg for k in call.keywords if k.arg} - {"rule", "text", "field"}
        spread = any(k.arg is None for k in call.keywords)
        if text is not None and not spread and placeholders(text) != given:
            wrong.append(f"{place}: {placeholders(text)} against {given}")
    assert not wrong, "\n".join(wrong)


def test_every_refusal_names_its_rule() -> None:
    wrong = []
    for place, call in refusals():
        rule = next((k.value for k in call.keywords if k.arg == "rule"), None)
        literal = isinstance(rule, ast.Constant) and isinstance(rule.value, str)
        # From a table, another refusal, or the stored result of a job.
        passed_on = isinstance(rule, ast.Name | ast.Attribute | ast.Subscript)
        if not literal and not passed_on:
            wrong.append(place)
    assert not wrong, "\n".join(wrong)


def marked(package: str) -> Iterator[tuple[str, str]]:
    for place, name, call in calls(package):
        if name == "N_" and isinstance(call.args[0], ast.Constant):
            yield place, str(call.args[0].value)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_marked_text_of_a_package_has_an_english_twin(package: str) -> None:
    catalogue = english()
    missing = [f"{place}: {text}" for place, text in marked(package) if text not in catalogue]
    assert not missing, "\n".join(missing)


def test_the_page_of_rules_is_fresh() -> None:
    assert sentences(), "no rule was found"
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == page(), "run `make events`"
