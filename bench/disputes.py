"""A dispute of 300 workers, 3 claims each, 6 instalments and 1,500 facts and more.

Opened, and paid into for all 300 at once, by a browser at the wired site; against the bare text
answer of the same server, and against a case of three workers. Then a thousand other cases are
opened, and the memory of the site is looked at again.
"""

import uuid
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode

from application.persons import Papers
from application.store import Part, Stamp, Who
from application.wage_tables import Newcomer, WageTables
from bench.pages import BARE, Visitor, free_port, served
from bench.report import Figure, p95, ratio
from bench.rig import Rig
from bench.site import configured
from domain.dispute import DisputeCase, facts
from domain.dispute.claims import ClaimRow
from domain.dispute.values import Basis, Instalment, Line
from domain.identity import check_character
from domain.money import Fen
from domain.station.facts import Opened
from yizhan.installation import installation
from yizhan.wiring import OPERATOR, Office

# issue 3, "How fast, how big".
SLOWEST_PAGE, SLOWEST_PAYMENT, GROWTH_OF_MEMORY = 150.0, 300.0, 1.1
WORKERS, KINDS, INSTALMENTS, OTHERS = 300, ("C01", "C03", "C05"), 6, 1_000
CODE = "91449901MAXX000313"
STATION = "鹤城镇就业驿站"
EACH = Fen(1_000_000)  # a claim; a payment of the bench is one yuan for each


class Town(NamedTuple):
    """What was built: the session; a large case to read, one to pay into, a small one, others."""

    token: str
    large: str
    paid: str
    small: str
    others: Sequence[str]
    facts: int


def id_no(number: int) -> str:
    """Give an invented ID number."""
    body = (
        f"449901{1960 + number % 40}{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    )
    return body + check_character(body)


class Builder:
    """Leads cases through the services of an office."""

    def __init__(self, office: Office) -> None:
        """Open a station and a mediator's account."""
        self.office, self.today = office, office.clock.today()
        roles = frozenset({"admin", "station_manager", "mediator", "caseworker"})
        self.roles, self.station = roles, "station-bench"
        self.me = OPERATOR
        terms = Opened(
            official_name=STATION,
            kind="station",
            level="county",
            district="449901",
            address="示例路1号",
            hours="周一至周五 08:30-17:30",
            trades=("争议调解",),
            phone="0750-555 0100",
            operator="government",
        )
        self.station = office.directory.open(terms=terms, stamp=self.stamp()).streams[0]
        papers = Papers(name="梁晓彤", sex="female")
        person = office.persons.register(papers, domicile="", stamp=self.stamp()).streams[0]
        account = office.accounts.open_account(
            login="bench",
            password=uuid.uuid4().hex,
            person=person,
            station=self.station,
            operator="government",
            stamp=self.stamp(),
        ).streams[0]
        for role in ("mediator", "station_manager"):
            office.accounts.grant_role(
                account,
                role=role,
                from_on=self.today,
                to_on=self.today + timedelta(days=365),
                stamp=self.stamp(),
            )
        self.employer = office.employers.register(
            kind="company",
            district="449901",
            name="锦霞制衣（示例）有限公司",
            credit_code=CODE,
            stamp=self.stamp(),
        ).streams[0]
        self.me = account
        self._number = 0

    def stamp(self) -> Stamp:
        """Give a fresh command of today."""
        who = Who(self.me, self.station, self.roles, frozenset({self.station}))
        return Stamp(who, str(uuid.uuid4()), self.today)

    def case(self, workers: int, *, agreed: bool = True) -> str:
        """Lead a case to its agreement, or to its claims only."""
        office = self.office
        (case,) = office.intake.record_intake(
            channel="walk_in", summary="多名劳动者反映拖欠工资", stamp=self.stamp()
        ).streams
        office.intake.add_respondent(
            case, respondent=self.employer, role="employer", stamp=self.stamp()
        )
        people = [Newcomer(id_no(n), f"罗{n}") for n in range(self._number, self._number + workers)]
        self._number += workers
        rows = [_claim(one.id_no, code) for one in people for code in KINDS]
        WageTables(office.store, office.enrolling).take(
            case, newcomers=people, known={}, rows=rows, stamp=self.stamp()
        )
        office.intake.receive_application(case, form="written", stamp=self.stamp())
        if agreed:
            self._agree(case)
        return case

    def _agree(self, case: str) -> None:
        """Accept, verify every third claim, sign for everybody in six instalments."""
        office = self.office
        office.intake.accept(case, stamp=self.stamp())
        office.dispute_file.assign_mediator(case, mediator=self.me, stamp=self.stamp())
        self._decide(
            case,
            lambda c: [
                facts.ClaimVerified(claim=no, amount=EACH, basis="payroll")
                for no in c.claims
                if no % len(KINDS) == 1
            ],
        )
        state = office.store.load(DisputeCase, case)
        speakers = tuple(list(state.workers)[:3])
        office.intake.choose_representatives(case, representatives=speakers, stamp=self.stamp())
        both = (*speakers, self.employer)
        office.mediation.hold_session(
            case, mediator=self.me, present=both, minutes="双方协商", stamp=self.stamp()
        )
        part = Fen(int(EACH) // INSTALMENTS // 100 * 100)
        rest = Fen(int(EACH) - int(part) * (INSTALMENTS - 1))
        plan = [
            Instalment(
                no=no,
                due_on=self.today + timedelta(days=30 * no),
                method="bank",
                lines=tuple(
                    Line(claim, rest if no == INSTALMENTS else part) for claim in state.claims
                ),
            )
            for no in range(1, INSTALMENTS + 1)
        ]
        office.settlement.sign_agreement(
            case,
            mediator=self.me,
            signed_by=both,
            sealed=True,
            lines=[Line(claim, EACH) for claim in state.claims],
            perform_by=plan[-1].due_on,
            instalments=plan,
            terms="分六期支付",
            stamp=self.stamp(),
        )

    def pay(self, case: str, no: int) -> None:
        """Pay the greater part of an instalment, to everybody."""
        state = self.office.store.load(DisputeCase, case)
        self.office.settlement.record_payment(
            case,
            agreement=1,
            payer=self.employer,
            fund="employer",
            method="bank",
            voucher_no=f"B-{no}",
            lines=[Line(claim, Fen(150_000)) for claim in state.claims],
            instalment=no,
            stamp=self.stamp(),
        )

    def _decide(self, case: str, decision: object) -> None:
        part = Part(DisputeCase, case, decision, "dispute.edit")  # type: ignore[arg-type]  # a lambda
        self.office.store.decide(self.stamp(), part)


def _claim(number: str, code: str) -> ClaimRow:
    return ClaimRow(
        worker=number,
        code=code,
        from_on=date(2026, 1, 1),
        to_on=date(2026, 3, 31),
        amount=EACH,
        basis=Basis(kind="months", quantity="3"),
    )


def build(home: Path, name: str, *, workers: int = WORKERS, others: int = OTHERS) -> Town:
    """Make the cases in a database of their own."""
    with installation(configured(home), name=name) as opened, Office(opened) as office:
        office.bring_up()
        builder = Builder(office)
        large, paid = builder.case(workers), builder.case(workers)
        for no in range(1, INSTALMENTS + 1):
            builder.pay(large, no)
        small = builder.case(len(KINDS))
        many = [builder.case(1, agreed=False) for _ in range(others)]
        office.bring_up()
        version = office.store.load(DisputeCase, large).version
        token = office.accounts.start_session(builder.me).token
        return Town(token, large, paid, small, many, version)


class Payer(Visitor):
    """A mediator who records payments."""

    def __init__(self, port: int, token: str, case: str, claims: int) -> None:
        """Open the form once for its token of the session."""
        super().__init__(port, token)
        self._place, self._claims, self._number = f"/disputes/{case}/record_payment", claims, 0
        self._csrf = self._read("csrf")
        self._payer = next(
            one.split('"')[1]
            for one in self._page.split("<option ")
            if one.startswith('value="employer-')
        )

    def _read(self, name: str) -> str:
        http: HTTPConnection = self._http
        http.request("GET", self._place, headers=self._headers)
        self._page = http.getresponse().read().decode()
        return self._page.split(f'name="{name}" value="')[1].split('"')[0]

    def pay(self) -> float:
        """Record one payment that every claim gets a yuan of; give seconds."""
        self._number += 1
        form = {
            "csrf": self._csrf,
            "command_id": str(uuid.uuid4()),
            "agreement": "1",
            "payer": self._payer,
            "fund": "employer",
            "method": "bank",
            "voucher_no": f"V-{self._number}",
            "lines": "\n".join(f"{claim}\t1.00" for claim in range(1, self._claims + 1)),
        }
        body = urlencode(form)
        headers = self._headers | {"content-type": "application/x-www-form-urlencoded"}
        begin = perf_counter()
        self._http.request("POST", self._place, body=body, headers=headers)
        answer = self._http.getresponse()
        said = answer.read()
        took = perf_counter() - begin
        if answer.status != 303:
            raise ValueError(f"{self._place} answered {answer.status}: {said[-3000:].decode()}")
        return took


def run(rig: Rig, *, workers: int = WORKERS, others: int = OTHERS, rounds: int = 15) -> None:
    """Measure opening and paying, then open many others and look at memory."""
    each = 2 if rig.quick else 6
    others = min(others, 150) if rig.quick else others
    town, port = build(rig.folder, "bench_disputes", workers=workers, others=others), free_port()
    site = ("-m", "bench.site", str(rig.folder), "bench_disputes", str(port))
    with (
        served(*site, port=port) as pid,
        closing(Payer(port, town.token, town.paid, workers * len(KINDS))) as reader,
    ):
        large, small = f"/disputes/{town.large}", f"/disputes/{town.small}"
        for path in (large, small, BARE):
            reader.many(path, 3)
        reader.pay()
        found = [
            (
                reader.many(large, each),
                reader.many(small, each),
                reader.many(BARE, each),
                [reader.pay() for _ in range(2)],
            )
            for _ in range(rounds)
        ]
        _tell(rig, town, found, workers)
        reader.many(f"/disputes/{town.others[0]}", 3)
        before = _held(pid)
        for case in town.others:
            reader.get(f"/disputes/{case}")
        after = _held(pid)
    what = f"memory after opening {len(town.others):,} cases / before"
    note = f"{before:.0f} to {after:.0f} MB"
    rig.report.add(Figure("disputes", what, after / before, "x", GROWTH_OF_MEMORY, "less", note))


Round = tuple[list[float], list[float], list[float], list[float]]


def _tell(rig: Rig, town: Town, found: Sequence[Round], workers: int) -> None:
    """Report the two limits and the ratios behind them."""
    large = [took for one in found for took in one[0]]
    paid = [took for one in found for took in one[3]]
    page = ratio([(median(big), median(little)) for big, little, _, _ in found])
    bare = ratio([(median(big), median(text)) for big, _, text, _ in found])
    paying = ratio([(median(pay), median(text)) for _, _, text, pay in found])
    middle = f"median {1e3 * median(large):.0f} ms, {town.facts:,} facts"
    rig.report.add(
        Figure(
            "disputes", f"p95, case of {workers} workers opens", 1e3 * p95(large), "ms",
            SLOWEST_PAGE, "less", middle,
        ),
        Figure(
            "disputes", f"p95, payment allocated to all {workers}", 1e3 * p95(paid), "ms",
            SLOWEST_PAYMENT, "less", f"median {1e3 * median(paid):.0f} ms",
        ),
        Figure("disputes", "opens / a case of 3 workers", page),
        Figure("disputes", "opens / bare text", bare),
        Figure("disputes", "payment / bare text", paying),
    )  # fmt: skip


def _held(pid: int) -> float:
    """Give the memory that the site holds now, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
