"""Issuing a paper and setting it again: the fact holds the hash, history holds all the rest."""

import hashlib
import os
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from application.dispute_file import DisputeFile
from application.documents import engine, settling
from application.documents.scene import Block, Log, Opened, Scene, day, scene
from application.store import Stamp
from domain.dispute.facts import DocumentIssued
from domain.kernel import N_, Refused

SALT = 16  # bytes


class Kind(NamedTuple):
    """A kind of paper: its title and what makes its blocks."""

    title: str
    blocks: Callable[[Scene], list[Block]]


KINDS: Mapping[str, Kind] = {"agreement": Kind("调解协议书", settling.agreement)}


class Rendered(NamedTuple):
    """A paper set again; `same` says whether its bytes are those that were issued."""

    title: str
    content: bytes
    code: str
    same: bool


class Documents:
    """Papers of disputes 文书. Who may read a case is asked by the caller, before a call."""

    def __init__(self, file: DisputeFile, log: Log, opened: Opened, *, site: str) -> None:
        """Take the file's service, the log, what opens sealed texts, and the site's address."""
        self._file, self._log, self._opened, self._site = file, log, opened, site.rstrip("/")

    def issue(self, case: str, *, kind: str, stamp: Stamp, at_position: int | None = None) -> str:
        """Issue a paper as the case stands, or stood at a position; give the document's id.

        The id comes from the command, so that a double click gives one document.
        """
        if kind not in KINDS:
            raise Refused(rule="D-00", text=N_("没有这一种文书。"), field="kind")
        document = f"document-{uuid.uuid5(uuid.NAMESPACE_OID, stamp.command_id)}"
        history = self._log.history(case)
        if not history:
            raise Refused(rule="D-00", text=N_("没有这个案件。"), field="case")
        last = history[-1].position
        upto = last if at_position is None else min(at_position, last)
        salt = os.urandom(SALT).hex()
        fact = DocumentIssued(
            document=document,
            kind=kind,
            template=engine.TEMPLATE,
            engine=engine.engine(),
            at_position=upto,
            salt=salt,
            sha256="",
        )
        content = engine.pdf(self._data(case, fact, stamp.occurred_on))
        self._file.issue_document(
            case,
            document=document,
            kind=kind,
            template=fact.template,
            engine=fact.engine,
            at_position=upto,
            salt=salt,
            sha256=hashlib.sha256(content).hexdigest(),
            stamp=stamp,
        )
        return document

    def render(self, case: str, document: str) -> Rendered:
        """Set an issued paper again from history, and compare it with the hash in the fact."""
        for one in self._log.history(case):
            fact = one.event
            if not isinstance(fact, DocumentIssued) or fact.kind not in KINDS:
                continue  # a paper made elsewhere was only noted
            if fact.document == document:
                data = self._data(case, fact, one.occurred_on)
                content = engine.pdf(data)
                same = hashlib.sha256(content).hexdigest() == fact.sha256
                return Rendered(KINDS[fact.kind].title, content, data["code"], same)
        raise Refused(rule="D-00", text=N_("本案没有这份文书。"), field="document")

    def _data(self, case: str, fact: DocumentIssued, on: date) -> dict[str, Any]:
        """Gather everything that a paper prints, from the log alone."""
        seen = scene(self._log, self._opened, case, at_position=fact.at_position, on=on)
        address = f"{self._site}/verify/{fact.document}"
        data = {
            "title": KINDS[fact.kind].title,
            "issuer": seen.name(seen.case.station),
            "number": seen.case.case_no or "未编号",
            "document": fact.document,
            "position": str(fact.at_position),
            "issued": day(on),
            "date": [on.year, on.month, on.day],
            "address": address,
            "qr": engine.matrix(address),
            "blocks": KINDS[fact.kind].blocks(seen),
        }
        return data | {"code": engine.code(fact.document, fact.salt, data, fact.template)}
