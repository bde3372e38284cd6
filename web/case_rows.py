"""The rows of a work list, drawn from `cases/rows.html`: each cell once for its value.

States, due days, groups, next steps and last facts repeat from row to row and from page to page;
what is of a person is put together anew each time and kept nowhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from application.people.views import PersonView
from domain import codes
from domain.kernel import N_
from projections.assistance_reader import Mark
from projections.lists import CaseLine
from web import texts, words
from web.case_groups import PLACES
from web.fact_words import FACTS, STEPS
from web.filled import Pattern, Safe, joined, macro, pattern, safe
from web.pages import status
from web.seekers.standards_words import STANDINGS

ROWS = "cases/rows.html"
PLACES_OF_A_ROW = (
    *("place", "case", "name", "about", "number", "numbered", "tags", "state", "word", "due"),
    *("last", "owner", "more", "standard", "back"),
)
KEPT = 4_096  # values of one cell; due days and last days grow by one a day
NOTHING = Markup("")


@dataclass(frozen=True)
class Rows:
    """What the rows of one page are drawn from.

    `on` is the day the list is of, `today` that of reading. `names` are persons as the reader may
    see them; `back` is the list's own address, encoded; `callable_in` names the states of seekers
    who can be called.
    """

    on: date
    today: date
    batch: bool
    team: bool
    names: Mapping[str, PersonView]
    employers: Mapping[str, str]
    officers: Mapping[str, str]
    marks: Mapping[str, Mark]
    callable_in: Collection[str]
    back: str

    def __call__(self, rows: Sequence[CaseLine]) -> Markup:
        """Draw the rows of a group."""
        return joined([self._row(row) for row in rows])

    def _row(self, row: CaseLine) -> str:
        language, case = self._language, safe(row.case_id)
        place = Safe(f"/{PLACES[row.kind]}/{case}")
        person, number = self.names.get(row.person), row.case_no or self._unnumbered
        named = bool(person and person.name)
        call = row.kind == "seeker" and row.state in self.callable_in
        word = _word(row.next_step, language)
        mark = self.marks.get(row.case_id)
        return self._pattern(named, bool(word), call).fill(
            {
                "place": place,
                "case": case,
                "name": safe(person.name) if person and named else _unnamed(person, language),
                "about": _about(person, language) if person and named else NOTHING,
                "number": safe(number),
                "numbered": _numbered(number),
                "tags": _tags(row.tags, language) if row.tags else NOTHING,
                "state": status(row.kind, row.state),
                "word": word,
                "due": _due(row.due_on, self.on, row.provisional, language),
                "last": _last(row.last_on, self.today, row.last_verb, language),
                "owner": self._officers.get(row.owner, NOTHING),
                "more": self._parties(row) if row.claimants > 1 or row.respondents else NOTHING,
                "standard": _standard(place, mark, language) if mark else NOTHING,
                "back": self._back,
            }
        )

    def _parties(self, row: CaseLine) -> Markup:
        employer = self.employers[row.respondents[0]] if row.respondents else ""
        return macro(ROWS, "parties")(row.claimants, employer)

    def _pattern(self, named: bool, step: bool, call: bool) -> Pattern:
        """Give the pattern of rows of one shape; a page has two or three."""
        shape = (named, step, call)
        if shape not in self.shapes:
            flags = {"batch": self.batch, "team": self.team}
            flags |= {"named": named, "step": step, "call": call}
            self.shapes[shape] = pattern(ROWS, "row", *PLACES_OF_A_ROW, **flags)
        return self.shapes[shape]

    @cached_property
    def shapes(self) -> dict[tuple[bool, bool, bool], Pattern]:
        """The patterns of this page, each looked up once."""
        return {}

    @cached_property
    def _officers(self) -> dict[str, Safe]:
        return {one: safe(name) for one, name in self.officers.items()}

    @cached_property
    def _back(self) -> Safe:
        return safe(self.back)

    @cached_property
    def _language(self) -> str:
        return texts.spoken()

    @cached_property
    def _unnumbered(self) -> str:
        return texts.translate(N_("未编号"))


# Cells by their value; the language is asked for, as the macros speak the one of the visit.


def _about(person: PersonView, language: str) -> Safe:
    """Say tail of the number and age, as `bits.person` does."""
    age = "" if person.age is None else f" {_aged(person.age, language)}"
    return safe(f"{person.last4}{age}")


@lru_cache(KEPT)
def _numbered(number: str) -> Markup:
    return macro("macros/bits.html", "case_no")(number)


@lru_cache(KEPT)
def _aged(age: int, _language: str) -> str:
    return texts.say(N_("{age} 岁"), age=age)


def _unnamed(person: PersonView | None, language: str) -> Markup:
    return _nobody(bool(person and person.erased), language)


@lru_cache(KEPT)
def _nobody(erased: bool, _language: str) -> Markup:
    return macro(ROWS, "unnamed")(erased)


@lru_cache(KEPT)
def _word(step: str, _language: str) -> Safe:
    return safe(texts.label(STEPS.get(step, step)))


@lru_cache(KEPT)
def _tags(tags: tuple[str, ...], _language: str) -> Markup:
    drawn = macro(ROWS, "tag")
    return NOTHING.join([drawn(code, words.TAGS.get(code, code)) for code in tags])


@lru_cache(KEPT)
def _due(on: date | None, today: date, provisional: bool, _language: str) -> Markup:
    return macro("macros/bits.html", "due")(on, today, provisional)


@lru_cache(KEPT)
def _last(on: date | None, today: date, verb: str, _language: str) -> Markup:
    return macro(ROWS, "last")(on, today, FACTS.get(verb, verb))


def _standard(place: str, mark: Mark, language: str) -> Markup:
    """Say which standard is overdue, with the way to it."""
    if mark.state != "overdue":
        return NOTHING
    return macro(ROWS, "standard")(place, *_standing(mark.standard, mark.state, language))


@lru_cache(KEPT)
def _standing(standard: str, state: str, _language: str) -> tuple[Markup, Markup]:
    shown = macro("macros/help.html", "standing")(state, STANDINGS)
    return escape(texts.label(codes.STANDARDS[standard])), shown
