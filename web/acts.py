"""Acts as data: what a form asks for, in the words of the counter.

An engineer of a trade writes `acts = (Act("hold_session", N_("登记调解"), fields=(…)), …)` and a
`Desk` around it; the pages, the parsing, refusals at their field, and the disabled-with-reason
list come from here. A test compares each act's fields with its service's method.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from domain.codes import Code
from domain.kernel import Aggregate

# How a kind is typed; `forms.py` parses and `macros/forms.html` draws every one of them.
KINDS = frozenset(
    {
        "date",
        "month",
        "time",
        "money",
        "int",
        "text",
        "longtext",
        "code",
        "bool",
        "person",
        "staff",
        "station",
        "employer",
        "vacancy",
        "class",
        "worker",
        "party",
        "claim",
        "room",
        "seeker",
        "dispute",
        "own",
        "maker",
        "teacher",
        "table",
    }
)
# These are chosen from what `Choices.options(kind, …)` offers; `own` from what the case holds.
LOOKED_UP = frozenset(
    {
        "person",
        "staff",
        "station",
        "employer",
        "vacancy",
        "class",
        "worker",
        "party",
        "claim",
        "room",
        "seeker",
        "dispute",
        "own",
        "maker",
        "teacher",
    }
)


@dataclass(frozen=True)
class Grid:
    """A table of inputs, one a row: heads of the columns beside it, and their cells by the code.

    Rows are drawn in this order; the words of a code are what the column's kind offers.
    """

    heads: Sequence[str]
    rows: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Field:
    """One input: `name` is the argument of the service's method and the field of a refusal.

    `choices` maps codes to their words, for kind `code`: a list of `domain.codes`, or N_() texts.
    `many` gives a tuple. For kind `table` every pasted line holds the `columns` in order, and
    `make` builds one row from them; for other kinds `make` turns the parsed value into what the
    service takes. An empty optional field gives `empty` ("" for texts, () for many and tables).
    """

    name: str
    label: str
    kind: str = "text"
    choices: Mapping[str, str | Code] | None = None
    required: bool = True
    hint: str = ""
    many: bool = False
    columns: Sequence["Field"] = ()
    make: Callable[..., Any] | None = None
    empty: Any = None
    of: Callable[[Any, Any], Sequence[tuple[str, str]]] | None = None
    grid: Callable[[Any], Grid] | None = None

    def __post_init__(self) -> None:
        """Refuse a field that could not be drawn."""
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: no such kind of field: {self.kind}")
        if (self.kind == "code") != bool(self.choices) or (self.kind == "table") != bool(
            self.columns
        ):
            raise ValueError(f"{self.name}: a code has choices, a table has columns")
        if (self.kind == "own") != bool(self.of):
            raise ValueError(f"{self.name}: what the case holds is said by `of`")


@dataclass(frozen=True)
class Act:
    """One verb of a service as a form.

    `consequence` says before the submit what will follow; `right` is the right that shows the
    act (absent for a role that never has it; the server checks again); `begins` marks the act
    that opens a new case (`/{kind}/new/{verb}`); `primary` is the filled button when allowed.
    `prepare(request, stamp, values)` changes what was typed before the service is asked (a person
    is looked up); `foresee(request, state)` says what will follow; `start(request, state)` fills a
    new form; `aside` is a template drawn above it, which finds what `beside(request, state)` gives
    as `beside`. `page` is where buttons lead instead, to a
    page that asks for more at once.
    """

    verb: str
    title: str
    fields: Sequence[Field] = ()
    consequence: str = ""
    right: str = ""
    begins: bool = False
    group: str = ""
    prepare: Callable[[Any, Any, dict[str, Any]], dict[str, Any]] | None = None
    foresee: Callable[[Any, Any], Sequence[str]] | None = None
    start: Callable[[Any, Any], Mapping[str, Any]] | None = None
    aside: str = ""
    beside: Callable[[Any, Any], Any] | None = None
    page: str = ""


@dataclass(frozen=True)
class Desk:
    """A kind of case with its acts: `/{kind}/{case}` is its page.

    `services` are asked in turn for the verb; `kind` is the first part of the URL (seekers,
    disputes); `stream` the prefix of its stream ids (seeker, dispute); `pages` are routes of its
    own, which win over the generic forms.
    """

    kind: str
    stream: str
    title: str
    aggregate: type[Aggregate]
    services: Sequence[object]
    acts: Sequence[Act]
    pages: APIRouter | None = None

    def act(self, verb: str) -> Act | None:
        """Give the act of a verb."""
        return next((act for act in self.acts if act.verb == verb), None)

    def method(self, verb: str) -> Callable[..., Any]:
        """Give the method of the service that has this verb."""
        for service in self.services:
            if callable(method := getattr(service, verb, None)):
                found: Callable[..., Any] = method
                return found
        raise LookupError(f"{self.kind}: no service has {verb}")

    def begun(self) -> tuple[Act, ...]:
        """Give the acts that open a new case."""
        return tuple(act for act in self.acts if act.begins)
