"""Import and rebuild in their own process: `python -m bench.register WHAT HOME NAME FILE`.

Prints one line of JSON; the peak of its memory is that of the product's parent process, as the file
is parsed by a further child (decision 23), and of a rebuild that of its helpers too.
"""

import csv
import json
import os
import random
import resource
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from application.registers.importing import Import
from application.registers.profile import load_profile
from application.registers.table import read_table
from bench.eventsourcing_runner import whole_set_a_second
from domain.catalogue import catalogue
from projections.rebuild import rebuild
from yizhan.configuration import Configuration
from yizhan.installation import installation
from yizhan.memory import collect_seldom
from yizhan.wiring import Office, operator

COLUMNS = (
    "Case Number",
    "Received Date",
    "Case Status",
    "Category Description",
    "Respondent",
    "DBA Name",
    "Amount Assessed",
    "Payment Received",
)
# Shares of the real register: of statuses, of categories, of rows with money, of second rows.
STATUSES = (("CLOSED", 0.944), ("LITIGATION", 0.976), ("INVESTIGATION", 1.0))
CATEGORIES = (("UNPAID WAGES", 0.869), ("OVERTIME", 0.975), ("MINIMUM WAGE", 1.0))
BOX = 4.0  # seconds for the library's runner
SECOND, THIRD, ASSESSED, PAID, PER_EMPLOYER = 0.08, 0.004, 0.3, 0.45, 1.6


def write(path: Path, cases: int, seed: int = 11) -> int:
    """Write an invented register of the Wisconsin shape; give its number of rows."""
    rnd = random.Random(seed)  # noqa: S311 - invented rows
    rows = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for nth in range(cases):
            employer = f"EMPLOYER {rnd.randrange(int(cases / PER_EMPLOYER) + 1):05d} LLC"
            day = date(2010, 1, 4) + timedelta(days=nth * 4_700 // cases)
            money = [
                f"${rnd.randrange(5_000, 900_000) / 100:,.2f}" if rnd.random() < share else ""
                for share in (ASSESSED, PAID)
            ]
            head = (f"LS{day.year}{nth:06d}", day.strftime("%m/%d/%Y"), _one(rnd, STATUSES))
            many = rnd.random()
            for row in range(1 + (many < SECOND) + (many < THIRD)):
                first = head if row == 0 else ("", "", "")
                out.writerow((*first, _one(rnd, CATEGORIES), employer, employer, *money))
                rows += 1
    return rows


def _one(rnd: random.Random, shares: tuple[tuple[str, float], ...]) -> str:
    at = rnd.random()
    return next(word for word, upto in shares if at < upto)


def peak() -> float:
    """Give the most memory this process has held, in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise LookupError("VmHWM")


def helper_peak() -> float:
    """Give the most memory that a helper of the rebuild has held, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Import a file, or rebuild every projection."""
    collect_seldom()
    what, home, name, file = sys.argv[1:5]
    os.environ.pop("YIZHAN_DSN", None)
    configuration = Configuration(home=Path(home))
    with installation(configuration, name=name) as opened, Office(opened) as office:
        found: dict[str, float] = {}
        begin = perf_counter()
        if what == "import":
            profile = load_profile("wisconsin", folder=Path(home) / "profiles")
            table = read_table(Path(file), sheet=profile.sheet)
            taken = Import(office.register_log, catalogue(), profile, table, operator())
            report = taken.run(dry=False)
            found = {"rows": report.rows, "facts": report.facts, "taken": report.counts["new"]}
        else:
            office.settle()
            runner, pool = office.runner, opened.pools.projector
            runner.prepare()
            begin = perf_counter()
            helped = office.helped
            facts = rebuild(runner, office.leader, pool, runner.projections, helped=helped)
            found = {"facts": facts, "parked": len(runner.health().parked)}
        seconds = perf_counter() - begin
        found |= {"seconds": seconds, "peak": peak()}
        if what == "rebuild":
            found["helpers"] = helped.count(facts)
            found["peak"] += found["helpers"] * helper_peak()
            found["library"] = whole_set_a_second(opened.access.owner, office, BOX)
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
