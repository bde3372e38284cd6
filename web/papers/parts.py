"""What the pages of papers need; `yizhan/papers.py` puts it into `extra["papers"]`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request

from application.access_codes import AccessCodes
from application.documents.service import Documents
from application.people.reads import Seen
from projections.papers_reader import Paper
from web.access import parts

JOB = "papers"  # the kind of a job that issues papers for everybody


class Register(Protocol):
    """The register of issued papers; `projections.papers_reader.PapersReader` is one."""

    def with_code(self, code: str) -> list[Paper]:
        """Give the papers of a verification code."""
        ...


class SeenBy(Protocol):
    """Who looked at files; `application.people.reads.ReadLog` says it."""

    def seen(self, streams: Sequence[str], *, most: int = 100) -> list[Seen]:
        """List who looked at cases or persons, by day."""
        ...


@dataclass(frozen=True)
class PaperParts:
    """The services and readers of these pages; `site` is the address that slips print."""

    documents: Documents
    register: Register
    access: AccessCodes
    seen: SeenBy
    site: str


def papers(request: Request) -> PaperParts:
    """Give the parts of the pages of papers."""
    found: PaperParts = parts(request).extra["papers"]
    return found
