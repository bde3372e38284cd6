"""Patterns: what is filled in is escaped as a template would, whatever it holds (ADR 9)."""

import pytest
from markupsafe import Markup

from web import filled, texts
from web.pages import ENVIRONMENT

CELL = ENVIRONMENT.from_string(
    "{% macro cell(place, name, loud) %}<a href='{{ place }}'>100 % {{ name }}</a>"
    "{% if loud %}<b>{{ name }}</b>{% endif %}{% endmacro %}"
)


@pytest.mark.parametrize("loud", [True, False])
@pytest.mark.parametrize(
    "name",
    ["龚凤", "<script>", "a & b", "'\"", "100 %", "%(place)s %s %%", "\ue000place\ue001", ""],
)
def test_a_filled_pattern_is_what_the_macro_draws(name: str, loud: bool) -> None:
    draw = CELL.module.cell  # type: ignore[attr-defined]  # a macro
    made = filled.of(draw, "place", "name", loud=loud)
    values = {"place": filled.safe("/x?a=1&b=2"), "name": filled.safe(name)}
    assert made.fill(values) == draw("/x?a=1&b=2", name, loud)


def test_what_is_safe_stands_as_it_is() -> None:
    draw = CELL.module.cell  # type: ignore[attr-defined]  # a macro
    made = filled.of(draw, "place", "name", loud=False)
    assert "<i>x</i>" in made.fill({"place": Markup(""), "name": Markup("<i>x</i>")})


def test_a_pattern_speaks_the_language_of_the_visit() -> None:
    places = ("place", "case", "name", "about", "number", "numbered", "tags", "state", "word")
    rest = ("due", "last", "owner", "more", "standard", "back")
    flags = {"batch": True, "team": True, "named": True, "step": True, "call": True}
    said = {}
    for language in texts.LANGUAGES:
        texts.use(language)
        row = filled.pattern("cases/rows.html", "row", *places, *rest, **flags)
        said[language] = row.fill(dict.fromkeys((*places, *rest), filled.safe("x")))
    texts.use(texts.SOURCE)
    assert "登记联系" in said["zh-CN"]
    assert "登记联系" not in said["en"]
