"""A wage table read: its claims, and for each row everything that is wrong with it.

The reading decides nothing: each row becomes what the domain checks (`check_row`), and problems
are the refusals of the rules with the row they are about. Nothing is recorded while one is left.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from domain.codes_dispute import CLAIMS
from domain.dispute.claims import ClaimRow, Key, check_row, product
from domain.dispute.values import Basis
from domain.identity import check_phone, read_id_number
from domain.kernel import N_, Refused
from domain.money import Fen
from web.wages import cells
from web.wages.columns import TOTAL_WORDS, Cell, Column, find_head, plain, unit_of

T = TypeVar("T")
MOST_ROWS = 5_000  # decision 23
NEEDED = ("name", "id_no")


class Defaults(NamedTuple):
    """What holds where the table has no column for it."""

    code: str = "C01"
    from_on: date | None = None
    to_on: date | None = None


class Worker(NamedTuple):
    """Somebody of the table, by ID number: `person` is the file there is already, or ""."""

    id_no: str
    name: str
    phone: str = ""
    person: str = ""


class Line(NamedTuple):
    """One claim of a row: whose, which, for when, how much."""

    row: int
    claim: ClaimRow


@dataclass
class Reading:
    """A table as it was understood; `problems` by row number, 0 for the whole table."""

    head: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    workers: dict[str, Worker] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    problems: dict[int, list[Refused]] = field(default_factory=dict)

    def refuse(self, row: int, refused: Refused) -> None:
        """Keep one thing that is wrong with a row."""
        self.problems.setdefault(row, []).append(refused)

    @property
    def wrong(self) -> int:
        """How many rows cannot be taken."""
        return len(self.problems)

    @property
    def total(self) -> Fen:
        """What the claims come to."""
        return Fen(sum(int(line.claim.amount) for line in self.lines))

    @property
    def by_code(self) -> Mapping[str, tuple[int, Fen]]:
        """How many claims of each kind, and what they come to."""
        found: dict[str, tuple[int, Fen]] = {}
        for line in self.lines:
            count, amount = found.get(line.claim.code, (0, Fen(0)))
            found[line.claim.code] = (count + 1, amount + line.claim.amount)
        return dict(sorted(found.items()))

    @property
    def ignored(self) -> Sequence[str]:
        """The headings that were not understood."""
        return [one.heading for one in self.columns if not one.role and one.heading]


class Registered(NamedTuple):
    """What the office knows beforehand: persons by number, their names, claims of the case."""

    known: Callable[[Iterable[str]], Mapping[str, str]]
    name_of: Callable[[str], str]
    there: Mapping[Key, int]


def read(
    table: Sequence[Sequence[Cell]], defaults: Defaults, office: Registered, today: date
) -> Reading:
    """Read a whole table."""
    at, columns = find_head(table, today)
    if at < 0:
        empty = Reading((), (), list(enumerate(table, start=1)))
        text = N_("没有认出表头：请保留“姓名、身份证号、金额”等列名。")
        empty.refuse(0, Refused(rule="I-01", text=text, field="file"))
        return empty
    rows = [
        (number, row)
        for number, row in enumerate(table[at + 1 :], start=at + 2)
        if any(cells.text(cell) for cell in row)
    ]
    found = Reading([one.heading for one in columns], columns, rows)
    _check_shape(found)
    if found.problems:
        return found
    reader = _Reader(found, defaults, today)
    for number, row in rows:
        reader.take(number, row)
    reader.meet(office)
    return found


def _check_shape(found: Reading) -> None:
    """Refuse a table without the columns that nothing works without, or with too many rows."""
    roles = {one.role for one in found.columns}
    names = {"name": N_("姓名"), "id_no": N_("身份证号")}
    for role in NEEDED:
        if role not in roles:
            text = N_("没有“{column}”这一列。")
            found.refuse(0, Refused(rule="I-01", text=text, field="file", column=names[role]))
    if not any(one.pays for one in found.columns):
        text = N_("没有金额列：列名可以是“金额”“拖欠工资”“加班费”或月份。")
        found.refuse(0, Refused(rule="I-01", text=text, field="file"))
    if not found.rows:
        found.refuse(0, Refused(rule="I-01", text=N_("表中没有数据行。"), field="file"))
    if len(found.rows) > MOST_ROWS:
        text = N_("共{rows}行，超过上限{most}行，请分成几张表。")
        shown = {"rows": len(found.rows), "most": MOST_ROWS}
        found.refuse(0, Refused(rule="I-01", text=text, field="file", **shown))


class _Reader:
    """Reads row by row, then meets what the office knows."""

    def __init__(self, found: Reading, defaults: Defaults, today: date) -> None:
        self._found, self._defaults, self._today = found, defaults, today
        self._place = {one.role: one.place for one in found.columns if one.role != "month"}
        self._paying = [one for one in found.columns if one.pays]
        self._unit = unit_of(found.columns)
        self._sums: dict[int, int] = {}
        self._first: dict[Key, int] = {}
        self._unread: set[int] = set()  # rows with an amount that could not be read

    def take(self, number: int, row: Sequence[Cell]) -> None:
        """Read one row: a worker with claims, or the row of totals."""
        if self._is_total(row):
            self._check_totals(number, row)
            return
        id_no = self._worker(number, row)
        paid = self._amounts(number, row)
        self._check_sum(number, row, paid)
        for column, amount in paid:
            self._sums[column.place] = self._sums.get(column.place, 0) + int(amount)
        if not paid and number not in self._unread:
            self._wrong(number, Refused(rule="D-06", text=N_("这一行没有金额。")))
        for column, amount in paid:
            self._claim(number, row, id_no, column, amount)

    def meet(self, office: Registered) -> None:
        """Hold the workers against the persons on file, and the claims against the case."""
        workers = self._found.workers
        known = office.known(workers)
        for id_no, person in known.items():
            name = office.name_of(person)
            if name and plain(name) != plain(workers[id_no].name):
                for line in (one for one in self._found.lines if one.claim.worker == id_no):
                    text = N_("证件号码已登记为另一姓名，请核对。")
                    self._wrong(line.row, Refused(rule="P-01", text=text))
            workers[id_no] = workers[id_no]._replace(person=person)
        for row, claim in self._found.lines:
            key = (known.get(claim.worker, ""), *claim.key[1:])
            if key in office.there:
                text = N_("本案第{claim}项请求已登记了同一劳动者、类别和期间。")
                self._wrong(row, Refused(rule="D-12", text=text, claim=office.there[key]))

    def _cell(self, row: Sequence[Cell], role: str) -> Cell:
        place = self._place.get(role, -1)
        return row[place] if 0 <= place < len(row) else None

    def _wrong(self, number: int, refused: Refused) -> None:
        told = self._found.problems.get(number, ())
        if str(refused) not in {str(one) for one in told}:
            self._found.refuse(number, refused)

    def _is_total(self, row: Sequence[Cell]) -> bool:
        if cells.text(self._cell(row, "id_no")):
            return False
        return any(plain(row[n]) in TOTAL_WORDS for n in range(min(3, len(row))))

    def _worker(self, number: int, row: Sequence[Cell]) -> str:
        """Read who it is; give the ID number, or "" when it cannot be one."""
        name = " ".join(cells.text(self._cell(row, "name")).split())
        phone = cells.text(self._cell(row, "phone"))
        try:
            cells.no_formula(name)
        except Refused as refused:
            self._wrong(number, refused)
        if not name:
            self._wrong(number, Refused(rule="P-01", text=N_("请填写姓名。")))
        if phone:
            try:
                phone = check_phone(phone)
            except Refused as refused:
                self._wrong(number, refused)
        try:
            id_no = cells.id_number(self._cell(row, "id_no"))
            id_no = read_id_number(id_no, on=self._today).number
        except Refused as refused:
            self._wrong(number, refused)
            return ""
        before = self._found.workers.setdefault(id_no, Worker(id_no, name, phone))
        if name and plain(before.name) != plain(name):
            text = N_("同一证件号码前面写的是另一姓名，请核对。")
            self._wrong(number, Refused(rule="P-01", text=text))
        return id_no

    def _amounts(self, number: int, row: Sequence[Cell]) -> list[tuple[Column, Fen]]:
        """Read what is claimed in each paying column; empty, or 0 in a wide table, is nothing."""
        found = []
        for column in self._paying:
            cell = row[column.place] if column.place < len(row) else None
            typed = cells.text(cell)
            if not typed or typed in {"-", "—", "/"}:
                continue
            try:
                amount = cells.amount(cell)
            except Refused as refused:
                self._unread.add(number)
                self._wrong(number, refused)
                continue
            if amount or len(self._paying) == 1:
                found.append((column, amount))
        return found or self._worked_out(number, row)

    def _worked_out(self, number: int, row: Sequence[Cell]) -> list[tuple[Column, Fen]]:
        """Work the amount out where the row has a rate and a quantity and no amount."""
        if number in self._found.problems or len(self._paying) != 1:
            return []
        try:
            amount = product(self._basis(row, self._paying[0], 0))
        except Refused as refused:
            self._wrong(number, refused)
            return []
        return [(self._paying[0], amount)] if amount else []

    def _check_sum(
        self, number: int, row: Sequence[Cell], paid: Sequence[tuple[Column, Fen]]
    ) -> None:
        """Hold the row's own total against its amounts (D-06)."""
        if "total" not in self._place or number in self._unread:
            return
        typed = self._cell(row, "total")
        if not cells.text(typed):
            return
        try:
            stated = cells.amount(typed)
        except Refused as refused:
            self._wrong(number, refused)
            return
        summed = Fen(sum(int(amount) for _, amount in paid))
        if stated != summed:
            text = N_("合计{stated}不等于各项之和{summed}。")
            self._wrong(number, Refused(rule="D-06", text=text, stated=stated, summed=summed))

    def _check_totals(self, number: int, row: Sequence[Cell]) -> None:
        """Hold the last row's totals against the columns above (D-06)."""
        everything = sum(self._sums.values())
        total = [(one, everything) for one in self._found.columns if one.role == "total"]
        for column, summed in [(c, self._sums.get(c.place, 0)) for c in self._paying] + total:
            cell = row[column.place] if column.place < len(row) else None
            if not cells.text(cell):
                continue
            try:
                stated = cells.amount(cell)
            except Refused as refused:
                self._wrong(number, refused)
                continue
            if stated != summed:
                text = N_("“{column}”合计{stated}不等于各行之和{summed}。")
                head, whole = column.heading, Fen(summed)
                self._wrong(
                    number,
                    Refused(rule="D-06", text=text, column=head, stated=stated, summed=whole),
                )

    def _claim(
        self, number: int, row: Sequence[Cell], id_no: str, column: Column, amount: Fen
    ) -> None:
        """Read one claim of a row and let the domain check it."""
        try:
            first, last = self._period(row, column)
            claim = ClaimRow(
                worker=id_no,
                code=self._code(row, column),
                from_on=first,
                to_on=last,
                amount=amount,
                basis=self._basis(row, column, _months(first, last)),
                undisputed=self._optional(row, "undisputed", cells.amount),
                text=cells.text(self._cell(row, "facts")),
                job=cells.text(self._cell(row, "job")) or None,
                hired_on=self._optional(row, "hired_on", cells.day),
                ended_on=self._past(row, "ended_on"),
            )
            check_row(claim, number, self._today)
        except Refused as refused:
            self._wrong(number, refused)
            return
        if id_no:
            self._keep(number, claim)

    def _keep(self, number: int, claim: ClaimRow) -> None:
        earlier = self._first.setdefault(claim.key, number)
        if earlier != number or any(
            line.row == number and line.claim.key == claim.key for line in self._found.lines[-1:]
        ):
            text = N_("与第{other}行重复：同一劳动者、类别和期间。")
            self._wrong(number, Refused(rule="D-12", text=text, other=earlier))
            return
        self._found.lines.append(Line(number, claim))

    def _code(self, row: Sequence[Cell], column: Column) -> str:
        if column.role in CLAIMS:
            return column.role
        typed = self._cell(row, "code")
        return cells.code(typed) if cells.text(typed) else self._defaults.code

    def _period(self, row: Sequence[Cell], column: Column) -> tuple[date, date]:
        if column.month:
            return column.month, cells.last_day(column.month)
        if cells.text(self._cell(row, "period")):
            return cells.span(self._cell(row, "period"))
        first = self._optional(row, "from_on", cells.month) or self._defaults.from_on
        last = self._optional(row, "to_on", cells.month)
        end = cells.last_day(last) if last else self._defaults.to_on
        if first is None:
            raise Refused(rule="D-06", text=N_("没有欠薪期间：请填起月和止月。"))
        return first, end or cells.last_day(first)

    def _past(self, row: Sequence[Cell], role: str) -> date | None:
        """Read a day that cannot lie ahead (S-19)."""
        day: date | None = self._optional(row, role, cells.day)
        if day and day > self._today:
            raise Refused(rule="S-19", text=N_("日期{day}在今天之后。"), day=day)
        return day

    def _optional(self, row: Sequence[Cell], role: str, made: Callable[[Cell], T]) -> T | None:
        cell = self._cell(row, role)
        return made(cell) if cells.text(cell) else None

    def _basis(self, row: Sequence[Cell], column: Column, months: int) -> Basis:
        """Say how the amount comes about: rate x quantity where the row has both."""
        if column.role != "amount":
            return Basis(kind="months", quantity=str(months))
        rate = self._optional(row, "rate", cells.amount)
        quantity = self._optional(row, "quantity", cells.number)
        if rate is None and quantity is None:
            return Basis(kind="months", quantity=str(months))
        return Basis(kind=self._unit, rate=rate, quantity=str(quantity) if quantity else None)


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1
