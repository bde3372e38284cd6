"""Papers 文书 as rules: what can be issued of a case as it stands, about what, and why not."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from domain.kernel import N_, Refused

Subjects = Callable[[Any], Sequence[str]]
WHOLE = ("",)


def nobody(_case: Any, _about: str) -> Sequence[str]:
    """Say that nobody gets a copy of the own."""
    return ()


class Paper(NamedTuple):
    """A kind of paper.

    `about` lists the numbers of what it can be about now (a session, a payment …; `("",)` for the
    case as a whole; nothing while it cannot be issued), `each` who may get a copy about the own
    part only. `rule` and `why` say why it cannot be issued.
    """

    kind: str
    title: str
    rule: str
    why: str
    about: Subjects
    each: Callable[[Any, str], Sequence[str]] = nobody


Papers = Mapping[str, Paper]


class Issued(msgspec.Struct, frozen=True):
    """What a case remembers of an issued paper."""

    kind: str
    about: str
    worker: str
    on: date


def listed(papers: Sequence[Paper]) -> Papers:
    """Put papers into a table by their kind."""
    return {paper.kind: paper for paper in papers}


def paper(papers: Papers, kind: str, rule: str) -> Paper:
    """Find a kind of paper, or refuse it."""
    if kind not in papers:
        raise Refused(rule=rule, text=N_("没有这一种文书。"), field="kind")
    return papers[kind]


def why_not(wanted: Paper, case: Any) -> Refused | None:
    """Say why a paper cannot be issued of a case as it stands, or None."""
    if wanted.about(case):
        return None
    return Refused(rule=wanted.rule, text=wanted.why)


def check(wanted: Paper, case: Any, about: str, worker: str) -> None:
    """Refuse a paper that the case does not support, or a copy for somebody without a part."""
    if refused := why_not(wanted, case):
        raise refused
    if about not in wanted.about(case):
        raise Refused(rule=wanted.rule, text=N_("所选事项不能出具这种文书。"), field="about")
    if worker and worker not in wanted.each(case, about):
        raise Refused(rule=wanted.rule, text=N_("这种文书不能单独出具给此人。"), field="worker")
