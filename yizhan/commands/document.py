"""`yizhan document`: set issued papers again from the log, and say whether they are the same."""

import hashlib
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from application.documents.kinds import kinds_of
from domain.dispute.facts import DocumentIssued
from domain.kernel import Refused
from domain.seeker.facts import DocumentIssued as SeekerDocumentIssued
from yizhan.configuration import read_configuration
from yizhan.installation import installation
from yizhan.papers import documents
from yizhan.terminal import WRONG_USE, answer, fail, out, progress, table
from yizhan.wiring import Office, operator

PAGE = 10_000


class Paper(NamedTuple):
    """An issued paper as the log knows it."""

    case: str
    document: str
    kind: str
    issued_on: str
    sha256: str


def document(
    which: Annotated[
        str, typer.Argument(help="The id of a paper; left out: all of them.", show_default=False)
    ] = "",
    out_file: Annotated[
        Path | None, typer.Option("--out", help="Write the paper as PDF; its id must be named.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Find the paper whose PDF this file is.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Check that issued papers still come out byte for byte; ends with 1 when one does not."""
    if out_file and not which:
        raise fail("Name the paper to write.", code=WRONG_USE)
    with installation(read_configuration()) as opened, Office(opened) as office:
        office.settle()
        found = [one for one in issued(office) if which in {"", one.document}]
        if file:
            found = _of_file(found, file)
        if not found:
            raise fail("No issued paper is meant by that.")
        if out_file:
            _write(office, found[0], out_file)
        rows = checked(office, found)
    changed = [row for row in rows if row["same"] != "yes"]

    def show() -> None:
        shown = rows if which or file else changed
        if shown:
            columns = ["document", "kind", "issued_on", "same"]
            table("papers", columns, [[row[name] for name in columns] for row in shown])
        out.print(f"{len(rows)} papers, {len(changed)} differ")

    answer({"papers": rows, "differ": len(changed)}, as_json=as_json, show=show)
    if changed:
        raise typer.Exit(1)


def _write(office: Office, one: Paper, file: Path) -> None:
    """Write a paper; that it was seen in clear stands in the read log, or nothing is written."""
    office.reads.write(
        "reveal",
        operator(),
        stream=one.case,
        field_class="paper",
        purpose="document",
        route="command",
    )
    file.write_bytes(documents(office).render(one.case, one.document).content)


def issued(office: Office) -> list[Paper]:
    """Read every issued paper out of the log, in its order."""
    found, last = list[Paper](), 0
    while page := office.reader.read(last, PAGE):
        last = page[-1].position
        found += [
            Paper(
                one.stream,
                fact.document,
                fact.kind,
                one.occurred_on.isoformat(),
                fact.sha256,
            )
            for one in page
            if isinstance(fact := one.event, DocumentIssued | SeekerDocumentIssued)
            and fact.kind in kinds_of(one.stream)
        ]
    return found


def _of_file(papers: list[Paper], file: Path) -> list[Paper]:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return [one for one in papers if one.sha256 == digest]


def checked(office: Office, papers: list[Paper]) -> list[dict[str, str]]:
    """Set each paper again, and compare its bytes with the hash in the fact."""
    made, rows = documents(office), list[dict[str, str]]()
    with progress("papers") as step:
        for nth, one in enumerate(papers, start=1):
            try:
                same = "yes" if made.render(one.case, one.document).same else "no"
            except Refused as refused:
                same = str(refused)
            rows.append(
                {
                    "document": one.document,
                    "case": one.case,
                    "kind": one.kind,
                    "issued_on": one.issued_on,
                    "same": same,
                }
            )
            step(nth, len(papers), 0.0)
    return rows
