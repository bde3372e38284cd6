"""Attachments over a real log and real files: crashes, races, erasure, tidying, nothing clear."""

import hashlib
import io
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from application.attachments.scanner import Scanner
from application.attachments.service import (
    WITHDRAWN,
    Attachments,
    Incoming,
    Outside,
    Said,
    Tidied,
)
from application.database.embedded import EmbeddedServer
from application.log.reader import ATTACHMENTS
from application.people.sealing import SealBroken
from application.store import Done
from domain.kernel import Redacted, Refused
from domain.seeker import SeekerCase
from tests.canaries import dump, server_log
from tests.caseload.town import Town, desks
from tests.files import pdf, png
from tests.wired import wired

SAID = Said("proof", "低保证")
OLD = 2 * 86_400


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture(scope="module")
def town(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with wired(server, tmp_path_factory.mktemp("files"), desks) as found:
        yield found


@pytest.fixture
def case(town: Town) -> str:
    """A new seeker of the caseworker's."""
    someone = town.roster.person()
    done = town.office.assistance.record_lead(
        person=town.person(someone),
        station=town.places.staff["caseworker"].station,
        channel="visit",
        note="来电求助",
        stamp=town.stamp("caseworker"),
    )
    return done.streams[0]


def made(town: Town, **changes: Any) -> Attachments:
    """The office's own service with other parts."""
    own = town.office.attachments
    given: dict[str, Any] = {
        "files": own._files,
        "scanner": Scanner([], 5),
        "outside": own._outside,
        **changes,
    }
    return Attachments(
        town.office.store, given["files"], own.shelf, given["scanner"], given["outside"]
    )


def attach(
    town: Town, case: str, *contents: bytes, held: Attachments | None = None, said: Said = SAID
) -> Done:
    files = [
        Incoming(io.BytesIO(content), f"{n}.png" if content[:1] == b"\x89" else f"{n}.pdf")
        for n, content in enumerate(contents)
    ]
    return (held or town.office.attachments).attach(
        case, files, said=said, stamp=town.stamp("caseworker")
    )


def of(town: Town, case: str) -> list[Any]:
    found = town.office.store.load(SeekerCase, case).attachments.values()
    return [one.fact for one in found]


def paths(town: Town) -> set[str]:
    return set(town.office.attachments.shelf.names())


def age(town: Town, *names: str) -> None:
    folder = town.office.attachments.shelf.folder
    for name in names:
        then = (folder / name).stat().st_mtime - OLD
        os.utime(folder / name, (then, then))


def test_a_file_comes_back_as_it_was(town: Town, case: str) -> None:
    content = png(1)
    attach(town, case, content)
    (fact,) = of(town, case)
    assert (fact.sha256, fact.size, fact.scan) == (
        hashlib.sha256(content).hexdigest(),
        len(content),
        "unscanned",
    )
    opened = town.office.attachments.open(case, fact.attachment)
    assert opened == (content, "image/png", "低保证", "0.png")
    assert town.office.attachments.check(case, fact.attachment) == "same"
    assert town.office.attachments.looks([fact]) == {fact.attachment: "same"}


def test_a_process_killed_between_file_and_fact_leaves_an_orphan_that_is_swept(
    town: Town, case: str
) -> None:
    class Dying:
        def attach(self, *_: Any, **__: Any) -> Done:
            raise Killed

    before = paths(town)
    with pytest.raises(Killed):
        attach(town, case, png(2), held=made(town, files={"seeker": Dying()}))
    (orphan,) = paths(town) - before
    assert of(town, case) == []
    assert town.office.attachments.tidy() == Tidied()  # it may be another's that is under way
    age(town, orphan)
    assert town.office.attachments.tidy() == Tidied(orphans=1)
    assert paths(town) == before
    attach(town, case, png(2))
    age(town, *paths(town))
    assert town.office.attachments.tidy() == Tidied()  # what facts name stays, however old
    assert town.office.attachments.problems() == []


def test_what_is_refused_halfway_leaves_no_file(town: Town, case: str) -> None:
    before = paths(town)
    with pytest.raises(Refused) as told:
        attach(town, case, png(3), b"%PDF-half")
    assert told.value.rule == "A-02"
    with pytest.raises(Refused) as denied:
        town.office.attachments.attach(
            case,
            [Incoming(io.BytesIO(png(3)), "a.png")],
            said=SAID,
            stamp=replace(town.stamp("caseworker"), who=town.who("auditor")),
        )
    assert denied.value.rule == "P-05"
    assert paths(town) == before


def test_an_infected_file_is_not_kept_and_a_clean_one_says_so(
    town: Town, case: str, tmp_path: Path
) -> None:
    stub = tmp_path / "scan"
    stub.write_text("#!/bin/sh\ngrep -q -a EICAR - && exit 1\nexit 0\n", "utf-8")
    stub.chmod(0o700)
    held, before = made(town, scanner=Scanner([str(stub)], 20)), paths(town)
    with pytest.raises(Refused) as told:
        attach(town, case, png(4), pdf(b"EICAR"), held=held)
    assert told.value.rule == "A-03"
    assert (of(town, case), paths(town)) == ([], before)
    attach(town, case, png(4), held=held)
    assert [fact.scan for fact in of(town, case)] == ["clean"]
    assert held.scanner.answers()


def test_two_who_attach_the_same_at_once_attach_it_once(town: Town, case: str) -> None:
    before = paths(town)
    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(attach, town, case, png(5), png(6)) for _ in range(4)]:
            one.result()
    facts = of(town, case)
    assert len(facts) == 2
    assert paths(town) - before == {fact.stored for fact in facts}


def test_the_same_command_again_is_answered_as_the_first_time(town: Town, case: str) -> None:
    stamp, held = town.stamp("caseworker"), town.office.attachments
    first, again = (
        held.attach(case, [Incoming(io.BytesIO(png(7)), "a.png")], said=SAID, stamp=stamp)
        for _ in range(2)
    )
    assert (first, len(of(town, case))) == (again, 1)


def test_limits_are_settings_of_the_office(town: Town, case: str) -> None:
    attach(town, case, png(8))
    settings = town.office.settings
    settings.set_value(code="attachments_per_case", from_on=town.today, value=2, by="")
    settings.set_value(code="attachment_megabytes", from_on=town.today, value=1, by="")
    try:
        with pytest.raises(Refused) as many:
            attach(town, case, png(9), png(10))
        with pytest.raises(Refused) as large:
            attach(town, case, pdf(b"0" * 1_000_000))
    finally:
        settings.set_value(code="attachments_per_case", from_on=town.today, value=60, by="")
        settings.set_value(code="attachment_megabytes", from_on=town.today, value=10, by="")
    assert "每案最多2个" in str(many.value)
    assert "超过1MB" in str(large.value)
    assert len(of(town, case)) == 1


def test_an_erased_persons_file_cannot_be_read_and_its_bytes_go(town: Town, case: str) -> None:
    attach(town, case, png(11))
    (fact,) = of(town, case)
    held, person = town.office.attachments, fact.subject
    assert person == town.office.store.load(SeekerCase, case).person
    sealed = held.shelf.read(fact.stored) or b""
    town.office.vault.destroy(person)
    assert town.office.vault.open_bytes(person, sealed, case, fact.attachment) == Redacted()
    assert held.looks([fact]) == {fact.attachment: "erased"}
    assert held.check(case, fact.attachment) == "erased"
    with pytest.raises(Refused) as told:
        held.open(case, fact.attachment)
    assert (told.value.rule, "依法删除" in str(told.value)) == ("A-05", True)
    assert held.problems() == []
    age(town, fact.stored)
    assert held.tidy() == Tidied(erased=1)
    assert held.check(case, fact.attachment) == "erased"
    with pytest.raises(Refused) as again:
        attach(town, case, png(12))
    assert again.value.rule == "P-07"


def test_a_file_opens_at_its_own_place_only(town: Town, case: str) -> None:
    attach(town, case, png(13))
    (fact,) = of(town, case)
    sealed = town.office.attachments.shelf.read(fact.stored) or b""
    vault, person = town.office.vault, fact.subject
    assert vault.open_bytes(person, sealed, case, fact.attachment) == png(13)
    for place in ((case, "attachment-2"), ("seeker-other", fact.attachment)):
        with pytest.raises(SealBroken):
            vault.open_bytes(person, sealed, *place)


def test_the_bytes_of_a_withdrawn_file_go_after_its_time(town: Town, case: str) -> None:
    attach(town, case, png(14), png(15))
    gone, stays = of(town, case)
    town.office.assistance.withdraw_attachment(
        case, attachment=gone.attachment, reason="贴错案卷", stamp=town.stamp("caseworker")
    )
    age(town, gone.stored, stays.stored)
    assert town.office.attachments.tidy() == Tidied()
    own: Outside = town.office.attachments._outside
    later = own._replace(now=lambda: own.now() + WITHDRAWN + timedelta(days=1))
    assert made(town, outside=later).tidy() == Tidied(withdrawn=1)
    assert town.office.attachments.shelf.size(gone.stored) is None
    assert town.office.attachments.check(case, stays.attachment) == "same"


def test_the_facts_of_attachments_are_found_by_their_index(town: Town, case: str) -> None:
    attach(town, case, png(17))
    with town.database.pools.reader.connection() as conn, conn.transaction():
        conn.execute("SET LOCAL enable_seqscan = off")
        plan = conn.execute(f"EXPLAIN SELECT * FROM log.events {ATTACHMENTS}").fetchall()
    assert "events_of_attachments" in str(plan)
    found = [one.event for one in town.office.reader.read_attachments() if one.stream == case]
    assert found == of(town, case)


def test_no_word_and_no_byte_of_a_file_stands_anywhere_in_clear(
    town: Town, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    canary = b"CANARY-4711-BYTES"
    title, name = "金丝雀标题甲乙丙", "金丝雀文件名丁戊己"
    town.office.attachments.attach(
        case,
        [Incoming(io.BytesIO(png(16, note=canary)), f"{name}.png")],
        said=Said("other", title),
        stamp=town.stamp("caseworker"),
    )
    (fact,) = of(town, case)
    assert canary in town.office.attachments.open(case, fact.attachment).content
    folder = town.office.attachments.shelf.folder
    places = [
        dump(town.database),
        server_log(town.database)[-2_000_000:],
        caplog.text.encode(),
        "\n".join(path.name for path in folder.iterdir()).encode(),
        *(path.read_bytes() for path in folder.iterdir()),
    ]
    assert fact.sha256.encode().hex().encode() in places[0]  # facts are dumped in hexadecimal
    for place in places:
        for clear in (canary, title.encode(), name.encode()):
            assert clear not in place
            assert clear.hex().encode() not in place
