"""Pieces of a template that are drawn once and filled many times: rows of a list, cells by value.

A macro is drawn with marks where its values go. What comes out is a pattern that every row fills,
its values escaped as a template would. So the HTML of a row stands in a template like all other,
and fifty rows cost fifty fillings.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NewType

from markupsafe import Markup, escape

from web import texts
from web.pages import ENVIRONMENT

Safe = NewType("Safe", str)  # escaped, or with nothing to escape
_UNSAFE = re.compile("[&<>\"']").search
MARK = "\ue000{}\ue001"  # of the private use area, which no sentence and no template has


class Pattern:
    """A macro with places for its values."""

    def __init__(self, drawn: str, places: tuple[str, ...]) -> None:
        """Take what the macro drew with a mark for each place."""
        text = drawn.replace("%", "%%")
        for place in places:
            text = text.replace(MARK.format(place), f"%({place})s")
        self._text = text

    def fill(self, values: Mapping[str, Markup | Safe]) -> str:
        """Fill the places by their names; texts go through `safe` first."""
        return self._text % values


def safe(text: str) -> Safe:
    """Escape a text; most hold nothing to escape, and to look is four times as fast."""
    return Safe(text if not _UNSAFE(text) else str(escape(text)))


def macro(template: str, name: str) -> Callable[..., Markup]:
    """Give a macro of a template; it speaks the language in which it is called."""
    made: Callable[..., Markup] = getattr(ENVIRONMENT.get_template(template).module, name)
    return made


def pattern(template: str, name: str, *places: str, **flags: bool) -> Pattern:
    """Give the pattern of a macro in the language being spoken; `flags` are what it decides by."""
    return _pattern(template, name, places, tuple(flags.items()), texts.spoken())


@cache
def _pattern(
    template: str,
    name: str,
    places: tuple[str, ...],
    flags: tuple[tuple[str, Any], ...],
    _language: str,
) -> Pattern:
    return of(macro(template, name), *places, **dict(flags))


def of(drawing: Callable[..., str], *places: str, **flags: Any) -> Pattern:
    """Draw a macro once with a mark for each place."""
    marks = {place: Markup(MARK.format(place)) for place in places}  # noqa: S704 - our own marks
    return Pattern(str(drawing(**flags, **marks)), places)


def joined(filled: Iterable[str]) -> Markup:
    """Put what was filled into a page; it is safe, as all of it came from patterns."""
    return Markup("".join(filled))  # noqa: S704 - see `Pattern.fill`
