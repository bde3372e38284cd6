"""Issuing papers and setting them again: the fact holds the hash, history holds all the rest."""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, Protocol

from application.documents import engine
from application.documents.blocks import day
from application.documents.kinds import DISPUTE, LIMITED, Kind, kinds_of
from application.documents.scene import Log, Opened, Scene, scene
from application.documents.word import docx
from application.store import Done, Stamp
from domain.calendar import WorkCalendar
from domain.deadlines import clocks
from domain.dispute import DisputeCase
from domain.dispute.facts import DocumentIssued
from domain.kernel import N_, Recorded, Refused
from domain.papers import check
from domain.seeker.facts import DocumentIssued as SeekerDocumentIssued
from domain.settings import Settings

SALT = 16  # bytes
Fact = DocumentIssued | SeekerDocumentIssued


class Files(Protocol):
    """What records papers in a case: `DisputeFile` and `Assistance` do."""

    def issue_documents(self, case: str, *, papers: Sequence[Any], stamp: Stamp) -> Done:
        """Record papers in one append."""
        ...


class Asked(NamedTuple):
    """A paper that is asked for: its kind, the number it is about, whose own copy it is."""

    kind: str
    about: str = ""
    worker: str = ""


class Batch(NamedTuple):
    """Papers that were issued together."""

    done: Done
    documents: tuple[str, ...]


class Rendered(NamedTuple):
    """A paper set again; `same` says whether its bytes are those that were issued."""

    title: str
    kind: str
    worker: str
    content: bytes
    code: str
    same: bool


class Outside(NamedTuple):
    """What papers print that stands in no fact: the site's address, calendar, settings."""

    site: str
    calendar: Callable[[], WorkCalendar]
    settings: Callable[[], Settings]


class Documents:
    """Papers of cases 文书. Who may read a case is asked by the caller, before a call."""

    def __init__(
        self, disputes: Files, seekers: Files, log: Log, opened: Opened, outside: Outside
    ) -> None:
        """Take what records papers, the log, what opens sealed texts, and the outside."""
        self._files = {"dispute": disputes, "seeker": seekers}
        self._log, self._opened, self._outside = log, opened, outside

    def issue(
        self,
        case: str,
        asked: Sequence[Asked],
        *,
        stamp: Stamp,
        at_position: int | None = None,
        step: Callable[[int], object] | None = None,
    ) -> Batch:
        """Issue papers as the case stands, or stood at a position, all in one append.

        Ids come from the command, so that a double click gives the same papers. What the command
        has issued already is not set again.
        """
        upto = self._position(case, at_position)
        seen = self._scene(case, upto, stamp.occurred_on)
        facts = [
            self._draft(f"{stamp.command_id}/{nth}", one, seen, upto)
            for nth, one in enumerate(asked)
        ]
        documents = tuple(fact.document for fact in facts)
        if not self._has(case, documents):
            for nth, fact in enumerate(facts):
                facts[nth] = self._hashed(fact, seen)
                if step:
                    step(nth + 1)
        done = self._files[case.partition("-")[0]].issue_documents(case, papers=facts, stamp=stamp)
        return Batch(done, documents)

    def preview(
        self, case: str, asked: Asked, *, on: date, at_position: int | None = None, dots: float = 90
    ) -> list[bytes]:
        """Set a paper as pictures of its pages, marked as a preview; nothing is recorded."""
        data = self._unissued(case, asked, on, at_position)
        return engine.pages(data | {"draft": True, "code": ""}, dots=dots)

    def word(self, case: str, asked: Asked, *, on: date, at_position: int | None = None) -> bytes:
        """Write a paper as a Word file to work on (F-60); nothing is issued, nothing recorded."""
        return docx(self._unissued(case, asked, on, at_position))

    def _unissued(
        self, case: str, asked: Asked, on: date, at_position: int | None
    ) -> dict[str, Any]:
        """Gather what a paper would print if it were issued."""
        upto = self._position(case, at_position)
        seen = self._scene(case, upto, on)
        kind = _kind(case, asked)
        check(kind.paper, seen.case, asked.about, asked.worker)
        inputs = self._inputs(asked, seen)
        own = replace(seen, about=asked.about, worker=asked.worker, inputs=inputs)
        return _data("", kind, own, upto)

    def render(self, case: str, document: str) -> Rendered:
        """Set an issued paper again from history, and compare it with the hash in the fact."""
        one = next(iter(self._issued(case, {document})), None)
        if one is None or not isinstance(one.event, Fact):
            raise Refused(rule="D-00", text=N_("本案没有这份文书。"), field="document")
        fact = one.event
        data = self._again(case, one)
        content = engine.pdf(data, template=fact.template)
        same = hashlib.sha256(content).hexdigest() == fact.sha256
        worker = getattr(fact, "worker", "")
        return Rendered(data["title"], fact.kind, worker, content, data["code"], same)

    def bundle(self, case: str, documents: Iterable[str]) -> bytes:
        """Set several issued papers as one file to print, in the order they were issued."""
        wanted = set(documents)
        found = self._issued(case, wanted)
        if not found:
            raise Refused(rule="D-00", text=N_("本案没有这份文书。"), field="document")
        return engine.pdf(*(self._again(case, one) for one in found))

    def _issued(self, case: str, documents: set[str]) -> list[Recorded]:
        return [
            one
            for one in self._log.history(case)
            if isinstance(one.event, Fact) and one.event.document in documents
        ]

    def _has(self, case: str, documents: Sequence[str]) -> bool:
        return bool(self._issued(case, set(documents)))

    def _position(self, case: str, at_position: int | None) -> int:
        """Give the position a paper is made at: everything below it is known for good."""
        history = self._log.history(case)
        if not history:
            raise Refused(rule="D-00", text=N_("没有这个案件。"), field="case")
        last = max(history[-1].position, self._log.watermark())
        return last if at_position is None else min(at_position, last)

    def _scene(self, case: str, upto: int, on: date) -> Scene:
        seen = scene(self._log, self._opened, case, at_position=upto, on=on)
        if not seen.case.version:
            raise Refused(rule="D-00", text=N_("本案在所选时点还没有记录。"), field="as_of")
        return seen

    def _draft(self, name: str, asked: Asked, seen: Scene, upto: int) -> Fact:
        dispute = isinstance(seen.case, DisputeCase)
        kind = _kind("dispute-" if dispute else "seeker-", asked)
        check(kind.paper, seen.case, asked.about, asked.worker)
        about: dict[str, Any] = {
            "document": f"document-{uuid.uuid5(uuid.NAMESPACE_OID, name)}",
            "kind": asked.kind,
            "template": engine.TEMPLATE,
            "engine": engine.engine(),
            "at_position": upto,
            "salt": os.urandom(SALT).hex(),
            "sha256": "",
            "about": asked.about,
            "inputs": self._inputs(asked, seen),
        }
        if dispute:
            return DocumentIssued(**about, worker=asked.worker)
        return SeekerDocumentIssued(**about)

    def _hashed(self, fact: Fact, seen: Scene) -> Fact:
        """Set a paper, and put its code and the hash of its bytes into the fact."""
        data = self._data(seen, fact)
        sha256 = hashlib.sha256(engine.pdf(data)).hexdigest()
        changed: dict[str, Any] = {"sha256": sha256, "code": data["code"]}
        made = {name: getattr(fact, name) for name in fact.__struct_fields__}
        return type(fact)(**(made | changed))

    def _again(self, case: str, one: Recorded) -> dict[str, Any]:
        fact = one.event
        if not isinstance(fact, Fact) or not engine.known(fact.template):
            template = getattr(fact, "template", "")
            raise Refused(
                rule="D-00",
                text=N_("这份文书的模板{template}已不在本系统中，不能重新生成。"),
                field="document",
                template=template,
            )
        seen = self._scene(case, fact.at_position, one.occurred_on)
        return self._data(seen, fact)

    def _data(self, seen: Scene, fact: Fact) -> dict[str, Any]:
        """Gather everything that an issued paper prints, from the log and the fact alone."""
        case = "dispute-" if isinstance(seen.case, DisputeCase) else "seeker-"
        own = replace(
            seen, about=fact.about, worker=getattr(fact, "worker", ""), inputs=fact.inputs
        )
        kind = kinds_of(case)[fact.kind]
        data = _data(fact.document, kind, own, fact.at_position)
        return data | {"code": engine.code(fact.document, fact.salt, data, fact.template)}

    def _inputs(self, asked: Asked, seen: Scene) -> dict[str, Any]:
        found: dict[str, Any] = {"site": self._outside.site.rstrip("/")}
        if asked.kind in LIMITED and isinstance(seen.case, DisputeCase):
            paper = DISPUTE[asked.kind].paper
            about = paper.each(seen.case, asked.about) if asked.kind == "failure" else ()
            found["limits"] = self._limits(seen, {asked.worker} if asked.worker else set(about))
        return found

    def _limits(self, seen: Scene, workers: set[str]) -> list[dict[str, Any]]:
        """Compute the time limits of the day, alike ones together with the number of workers."""
        calendar, settings = self._outside.calendar(), self._outside.settings()
        rows: dict[tuple[str, ...], int] = {}
        for clock in clocks(seen.case, calendar, settings, seen.on):
            if workers and clock.worker and clock.worker not in workers:
                continue
            row = (
                clock.rule,
                clock.name,
                clock.statute,
                clock.start_on.isoformat(),
                clock.due.isoformat(),
                f"{clock.done_on.isoformat()}办结" if clock.done_on else "",
                "1" if clock.provisional else "",
            )
            rows[row] = rows.get(row, 0) + bool(clock.worker)
        names = ("rule", "name", "statute", "start", "due", "done", "provisional")
        return [
            dict(zip(names, row, strict=True)) | {"provisional": bool(row[-1]), "workers": many}
            for row, many in rows.items()
        ]


def _kind(case: str, asked: Asked) -> Kind:
    kinds: Mapping[str, Kind] = kinds_of(case)
    if asked.kind not in kinds:
        raise Refused(rule="D-00", text=N_("没有这一种文书。"), field="kind")
    return kinds[asked.kind]


def _data(document: str, kind: Kind, seen: Scene, position: int) -> dict[str, Any]:
    """Gather what a paper prints, but for its code."""
    address = f"{seen.inputs.get('site', '')}/verify/{document}"
    intakes = getattr(seen.case, "intakes", {})
    return {
        "title": kind.paper.title,
        "style": kind.style,
        "draft": False,
        "issuer": seen.station,
        "number": seen.case.case_no or "、".join(intakes) or "未编号",
        "document": document,
        "position": str(position),
        "issued": day(seen.on),
        "date": [seen.on.year, seen.on.month, seen.on.day],
        "address": address,
        "qr": engine.matrix(address),
        "blocks": kind.blocks(seen),
    }
