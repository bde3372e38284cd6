"""What can be computed about the look: contrast, both dark blocks, clean markup, whole icons."""

import re
from pathlib import Path

import pytest

from web import texts
from web.pages import ENVIRONMENT, OWN_STYLES, STATIC, STYLES, TEMPLATES, read_templates

TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(:root[^{]*)\{([^{}]*--ground[^{}]*)\}", TOKENS)
TINTED = ("primary", "success", "warning", "danger", "violet")
TEMPLATE_FILES = sorted(TEMPLATES.rglob("*.html"))


def values(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


LIGHT, DARK, CHOSEN_DARK = (values(block) for _, block in BLOCKS)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_both_dark_blocks_are_equal() -> None:
    assert DARK == CHOSEN_DARK
    assert DARK.keys() == LIGHT.keys()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("token", "grounds", "least"),
    [
        ("text", ("surface", "ground", "sunken", "past-ground"), 4.5),
        ("muted", ("surface", "ground", "sunken"), 4.5),
        *((name, ("surface", "ground", f"{name}-tint"), 4.5) for name in TINTED),
        ("on-primary", ("primary", "primary-hover"), 4.5),
        ("past-text", ("past",), 4.5),
        ("border", ("surface", "ground", "sunken"), 3),
        ("focus", ("surface", "ground"), 3),
        ("chart", ("surface", "ground"), 3),
        ("chart-soft", ("surface", "ground"), 3),
        ("chart-quiet", ("surface", "ground"), 3),
    ],
)
def test_a_token_stands_out_from_what_it_stands_on(
    theme: dict[str, str], token: str, grounds: tuple[str, ...], least: float
) -> None:
    for ground in grounds:
        assert contrast(theme[token], theme[ground]) >= least, ground


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=lambda p: p.name)
def test_a_template_holds_nothing_that_the_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son\w+=|\|\s*safe\b|<style|javascript:|autoescape", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"tabindex=\"[1-9]", text)


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=lambda p: p.name)
def test_every_icon_of_a_template_is_in_the_sprite(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    drawn = set(re.findall(r"icon\(\"(\w+)\"", text))
    sprite = set(re.findall(r'id="(\w+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    assert drawn <= sprite


def test_every_style_is_there_and_loads_nothing_from_elsewhere() -> None:
    assert {path.name for path in STATIC.glob("*.css")} == {*STYLES, *OWN_STYLES}
    for path in (*STATIC.glob("*.css"), *STATIC.glob("*.js"), *STATIC.glob("*.svg")):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\((?!#)", text), path.name


def test_an_icon_is_drawn_and_what_names_it_is_escaped() -> None:
    drawn = ENVIRONMENT.from_string("{{ icon(name) }}").render(name='"><b>')
    assert drawn.startswith('<svg class="ic"')
    assert "<b>" not in drawn


def test_a_state_is_drawn_in_the_language_being_spoken() -> None:
    template = ENVIRONMENT.from_string("{{ status('seeker', code) }}")
    drawn = {}
    for language in ("en", "zh-CN"):
        texts.use(language)
        drawn[language] = template.render(code="PLACED")
    assert "已就业" in drawn["zh-CN"]
    assert drawn["en"] != drawn["zh-CN"]
    assert "<b>" not in template.render(code="<b>")


def test_every_template_can_be_read_before_anybody_asks_and_is_kept() -> None:
    read_templates()
    assert ENVIRONMENT.cache is not None
    kept = {name for _, name in ENVIRONMENT.cache}
    assert kept >= {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATE_FILES}
