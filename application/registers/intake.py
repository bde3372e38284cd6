"""Seekers out of a spreadsheet 批量登记: each row a person and a case, by the counter's decisions.

A row is new, matched (the person has a file, a case is opened in it), conflict (somebody must look
first), invalid, or unchanged. Its commands are named after its identity: profile, hash of the row,
and how many equal rows stand before it. So a second run and a run after a crash add nothing.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count, islice
from typing import Any, NamedTuple, Protocol

from application.persons import Papers
from application.registers.expressions import SPACE
from application.registers.fixes import FIRST, written
from application.registers.importing import Clock, Problem, Report, Tell, silent
from application.registers.profile import Profile
from application.registers.table import Cell, Table
from application.store import Done, Stamp, Who
from domain import codes
from domain.calendar import add_months
from domain.codes import CodeList
from domain.codes_person import SEX_CODES
from domain.identity import check_identity, check_phone
from domain.kernel import N_, Refused, check_day
from domain.seeker import SeekerCase
from domain.seeker.values import NOTICE, Wants

LOOK_AHEAD = 100  # rows whose numbers are looked up at once
NAME, SEX, NUMBER = "姓名", "性别", "身份证号"
NEEDED = (NAME, SEX, NUMBER)
ERROR = "entered_in_error"  # why a case is closed whose row should not have been taken


class People(Protocol):
    """Persons by number and by name; `application.enrolling.Enrolling` is one."""

    def known(self, numbers: Sequence[str]) -> dict[str, str]:
        """Give the person behind each number."""
        ...

    def name_of(self, person: str) -> str:
        """Give a person's name."""
        ...


@dataclass(frozen=True)
class Desk:
    """What the counter has: look-ups and the two decisions, as wiring hands them over."""

    people: People
    today: Callable[[], date]
    open_case: Callable[[str], str]
    county: Callable[[str], str]
    known: Callable[[Stamp], Done | None]
    open_file: Callable[..., Done]
    register: Callable[..., Done]
    load: Callable[[str], SeekerCase]
    close: Callable[..., Done]


class Row(NamedTuple):
    """A row as it reads: who, where to reach, how it stands; and under which command."""

    number: int
    identity: str
    cells: Sequence[Cell]
    papers: Papers
    phone: str
    address: str
    domicile: str
    activity: str
    channel: str
    on: date
    birth: date


class Intake:
    """One table of seekers; the same outside as `importing.Import`.

    `intend` hears the commands of a block of rows before they are sent, for an undo of the whole.
    """

    def __init__(self, desk: Desk, profile: Profile, table: Table, who: Who) -> None:
        """Take the counter, the profile for days and empty cells, the table, and who registers."""
        self._desk, self._profile, self._table, self._who = desk, profile, table, who
        name = f"{profile.code}.{profile.version}.{table.sha256}"
        self.batch = f"batch-{hashlib.sha256(name.encode()).hexdigest()[:24]}"
        self._place = {name.strip(): n for n, name in enumerate(table.columns)}
        self._seen: dict[str, int] = {}
        self.intend: Callable[[Sequence[str]], None] = lambda _commands: None
        for column in NEEDED:
            if column not in self._place:
                raise Refused(
                    rule="I-04", text=N_("表里没有“{column}”一列。"), field="file", column=column
                )

    def run(self, *, dry: bool, tell: Tell = silent) -> Report:
        """Sort every row and, unless `dry`, register who is new or matched."""
        total = len(self._table.rows)
        report = Report(self._profile.code, self.batch, dry, rows=total, cases=total)
        clock = Clock(total, "checking" if dry else "appending")
        rows, done = self._rows(), 0
        while block := list(islice(rows, LOOK_AHEAD)):
            read = [self._read(*one) for one in block]
            known = self._desk.people.known(
                [one.papers.id_no for one in read if isinstance(one, Row)]
            )
            if not dry:
                commands = [self._command(one) for one in read if isinstance(one, Row)]
                self.intend([stamp.command_id for stamp, done in commands if not done])
            for one in read:
                if isinstance(one, Row):
                    self._take(one, known.get(one.papers.id_no, ""), report, dry=dry)
                else:
                    report.add(one)
            done += len(block)
            if not tell(clock.at(done)):
                break
        return report

    def _rows(self) -> Iterator[tuple[int, str, Sequence[Cell]]]:
        """Give number, identity and cells of each row."""
        equal: Counter[str] = Counter()
        for number, cells in enumerate(self._table.rows, FIRST):
            digest = hashlib.sha256(repr((self._profile.code, cells)).encode()).hexdigest()[:32]
            yield number, f"{digest}.{equal[digest]}", cells
            equal[digest] += 1

    def _read(self, number: int, identity: str, cells: Sequence[Cell]) -> Row | Problem:
        """Read a row as the counter reads a form; what the person's papers refuse is invalid."""
        text = {name: self._text(cells[n]) for name, n in self._place.items()}
        try:
            on = self._day(text.get("登记日期", "")) or self._desk.today()
            check_day(None, on, self._desk.today(), back_days=0, reason=False)
            id_no = _filled(text[NUMBER]).upper()
            papers = Papers(name=text[NAME], sex=_code(SEX_CODES, text[SEX], SEX), id_no=id_no)
            checked = check_identity(**papers._asdict(), occurred_on=on)
            phone = text.get("电话", "")
            return Row(
                number,
                identity,
                cells,
                papers,
                check_phone(phone) if phone else "",
                text.get("住址", ""),
                _code(codes.DISTRICTS, text.get("户籍", ""), "户籍")
                or self._desk.county(self._who.station),
                _code(codes.ACTIVITIES, text.get("现状", ""), "现状") or "jobless",
                _code(codes.CHANNELS, text.get("来源", ""), "来源") or "partner",
                on,
                date.fromisoformat(checked.record["birth"]),
            )
        except Refused as refused:
            return Problem(number, "invalid", refused, identity, cells)

    def _take(self, row: Row, person: str, report: Report, *, dry: bool) -> None:
        """Sort a row and register it, or say why not."""
        (case, done), file = self._command(row), self._stamp(row, "person")
        if done:
            report.counts["unchanged"] += 1
            return
        # A run died between the file and the case: the person is no older than this table.
        begun = bool(self._desk.known(file)) and not self._desk.known(self._stamp(row, "case 0"))
        try:
            self._check(row, person, begun=begun)
            status = "matched" if person and not begun else "new"
            if not dry:
                person = person or self._opened(row, file)
                report.position = max(report.position, self._registered(row, person, case))
        except Refused as refused:
            looked = "conflict" if refused.rule in {"S-02", "I-06"} else "invalid"
            report.add(Problem(row.number, looked, refused, row.identity, row.cells))
            return
        report.counts[status] += 1
        report.facts += 1 if status == "matched" else 2

    def _check(self, row: Row, person: str, *, begun: bool) -> None:
        """Refuse what somebody must look at, and what the decision at the counter would refuse."""
        above = self._seen.setdefault(row.papers.id_no, row.number)
        if above != row.number:
            raise Refused(
                rule="I-06", text=N_("与第{row}行是同一个身份证号。"), field="id_no", row=above
            )
        if person and not begun and self._desk.people.name_of(person) != row.papers.name:
            raise Refused(rule="I-06", text=N_("证件号码已登记为另一姓名，请核对。"), field="name")
        SeekerCase().register(
            occurred_on=row.on,
            person=person or "person-new",
            serial=1,
            birth=row.birth,
            valid_until=add_months(row.on, 6),  # any day to come: the command takes the setting's
            other_case=self._desk.open_case(person) if person else "",
            county=self._desk.county(self._who.station),
            **self._told(row),
        )

    def _command(self, row: Row) -> tuple[Stamp, Done | None]:
        """Give the command of a row, and what it did: one more after each that was undone."""
        for again in count():
            stamp = self._stamp(row, f"case {again}")
            done = self._desk.known(stamp)
            if not done or self._desk.load(done.streams[0]).closed_for != ERROR:
                break
        return stamp, done

    def _told(self, row: Row) -> dict[str, Any]:
        return {
            "station": self._who.station,
            "channel": row.channel,
            "sex": row.papers.sex,
            "domicile": row.domicile,
            "activity": row.activity,
            "wants": Wants(),
            "notice_version": NOTICE,
        }

    def _opened(self, row: Row, stamp: Stamp) -> str:
        done = self._desk.open_file(
            row.papers, domicile=row.domicile, phone=row.phone, address=row.address, stamp=stamp
        )
        return done.streams[0]

    def _registered(self, row: Row, person: str, stamp: Stamp) -> int:
        return self._desk.register(person=person, stamp=stamp, **self._told(row)).position

    def _stamp(self, row: Row, what: str) -> Stamp:
        name = f"{self._profile.code}/{row.identity}/{self._who.station}/{what}"
        return Stamp(self._who, str(uuid.uuid5(SPACE, name)), row.on)

    def _text(self, cell: Cell) -> str:
        text = written(cell).strip()
        return "" if text in self._profile.missing else text

    def _day(self, text: str) -> date | None:
        """Read a day as the profile writes them; a time behind it says nothing."""
        for form in ("%Y-%m-%d", *self._profile.dates):
            try:
                return datetime.strptime(text.partition(" ")[0], form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        if text:
            raise Refused(
                rule="I-04",
                text=N_("“{typed}”不是日期，请写成 2026-03-02。"),
                field="on",
                typed=text,
            )
        return None


def _filled(id_no: str) -> str:
    """Refuse a row without a number: nobody could be found by it again."""
    if not id_no:
        raise Refused(rule="P-01", text=N_("请填写身份证号。"), field="id_no")
    return id_no


def _code(known: CodeList, text: str, column: str) -> str:
    """Read a code by itself or by its words in either language; an empty cell is none."""
    if not text:
        return ""
    for code in known.values():
        if text in {code.code, code.zh, code.en}:
            return code.code
    raise Refused(
        rule="I-04",
        text=N_("“{column}”一列里的“{typed}”不能识别。"),
        field="row",
        column=column,
        typed=text,
    )
