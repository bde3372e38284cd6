"""Sentences in two languages: Chinese is the key, English comes from `web/locale/*.toml`.

Python marks a sentence with `N_("…")`; templates write `_("…", name=value)`. Every area of the
office keeps its English in a file of its own; all are merged, and a test wants every key.
The language of the page being drawn stands in a context variable, so that macros need no argument.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path

from domain.codes import Code
from domain.kernel import Refused, Value
from domain.money import Fen
from web.money import money
from web.words import WORDS

LOCALE = Path(__file__).parent / "locale"
LANGUAGES: Mapping[str, str] = {"zh-CN": "中文", "en": "English"}
SOURCE = "zh-CN"
# English nouns that a number can stand before; Chinese needs no such thing.
_NOUNS = "act case claim day fact hour line month row worker year"
_MANY = {f"{one}s": one for one in _NOUNS.split()}
_MANY |= {"people": "person", "persons": "person", "entries": "entry"}
_COUNTED = re.compile(r"\{(\w+)\} (" + "|".join(_MANY) + r")\b")
_language: ContextVar[str] = ContextVar("language", default=SOURCE)
_namer: ContextVar[Callable[[str], str]] = ContextVar("namer", default=str)


@cache
def english() -> Mapping[str, str]:
    """Read all areas; a sentence stands in one of them."""
    return {text: said for area in areas().values() for text, said in area.items()}


def areas() -> dict[str, dict[str, str]]:
    """Read the sentences by area, in the order of the alphabet."""
    paths = sorted(LOCALE.glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


def use(language: str) -> None:
    """Say which language is spoken from here on, in this request."""
    _language.set(language if language in LANGUAGES else SOURCE)


def name_by(namer: Callable[[str], str]) -> None:
    """Say what writes ids as names from here on, in this request."""
    _namer.set(namer)


def spoken() -> str:
    """Give the language being spoken."""
    return _language.get()


def translate(text: str, language: str | None = None) -> str:
    """Give a source sentence in a language; what has no translation stays as it is."""
    return english().get(text, text) if (language or spoken()) == "en" else text


def say(text: str, /, **values: Value) -> str:
    """Translate and fill a sentence: the `_` of the templates."""
    sentence = translate(text)
    if not values:
        return sentence
    if spoken() == "en" and (single := frozenset(k for k, v in values.items() if v == 1)):
        sentence = _of_one(sentence, single)
    return sentence.format(**{k: shown(v) for k, v in values.items()})


def counted(unit: str, count: int) -> str:
    """Give a unit that is already translated as it stands after a count."""
    return _MANY.get(unit, unit) if count == 1 and spoken() == "en" else unit


@cache
def _of_one(sentence: str, single: frozenset[str]) -> str:
    """Let nouns follow a number that is one: "1 day", not "1 days"."""

    def noun(found: re.Match[str]) -> str:
        name, many = found.groups()
        return f"{{{name}}} {_MANY[many]}" if name in single else found.group()

    return _COUNTED.sub(noun, sentence)


def label(word: str | Code) -> str:
    """Give the words of a choice: an entry of a code list, or a source sentence."""
    if isinstance(word, Code):
        return word.label("en" if spoken() == "en" else "zh")
    return translate(word)


def shown(value: Value) -> str:
    """Write a value for the eye: ¥8,960.00, 2026-03-02, the word for a code, a name for an id."""
    if isinstance(value, Fen):
        return money(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value in WORDS:
        return translate(WORDS[value])
    return _namer.get()(value) if isinstance(value, str) else str(value)


def sentence(refused: Refused, language: str | None = None) -> str:
    """Say a refusal in a language, its values written out."""
    before = spoken()
    use(language or before)
    try:
        return say(refused.text, **refused.values)
    finally:
        use(before)
