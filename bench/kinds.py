"""The bench catalogue: twelve kinds of fact of 100 to 1,000 bytes, and a case that folds them.

They are those of the peers' workload, so that both benches speak about the same events. The
product's catalogue is an argument of its Mapper; nothing else of the product is replaced.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar, NamedTuple

import msgspec

from domain.kernel import Aggregate, Event

PLACES = ("鹤山沙坪", "荔湾", "天河棠下", "中山石岐", "越秀")
STATIONS = tuple(f"{place}{number}号驿站" for place in PLACES for number in range(1, 9))
TEXT = (
    "当事人反映用工单位拖欠工资并提交了考勤记录工资条及证人名单"
    "经调解员核对后双方同意于次月结清余款驿站将继续跟进培训与岗位推荐"
) * 6
NAMES = (
    "CaseRegistered",
    "HardshipAssessed",
    "EvidenceAdded",
    "ReferralMade",
    "TrainingEnrolled",
    "TrainingCompleted",
    "MediationSessionHeld",
    "OfferMade",
    "NoteAdded",
    "PlacementMade",
    "SettlementReached",
    "CaseClosed",
)
DAY = date(2026, 3, 2)
WORD = "bench"


class BenchFact(Event, frozen=True, kw_only=True):
    """What each of the twelve kinds carries; the amount is in fen."""

    NAME: ClassVar[str] = ""

    by: str
    station: str
    at: str
    amount: int
    note: str


def _kind(name: str) -> type[BenchFact]:
    """Make one of the twelve kinds: its own struct, so that its own decoder is found by topic."""
    names = {"TOPIC": f"{WORD}.{name}", "NAME": name}
    make: Any = msgspec.defstruct
    made: type[BenchFact] = make(
        name, [], bases=(BenchFact,), namespace=names, module=__name__, frozen=True, kw_only=True
    )
    return made


KINDS: tuple[type[BenchFact], ...] = tuple(map(_kind, NAMES))
BY_NAME = dict(zip(NAMES, KINDS, strict=True))
CATALOGUE: dict[str, type[Event]] = {kind.TOPIC: kind for kind in KINDS}


class BenchCase(Aggregate):
    """A case that keeps its last station and status, and sums amounts."""

    status = ""
    place = ""
    amount = 0

    def take_fact(self, fact: BenchFact, _on: date) -> None:
        """Take any of the twelve."""
        self.status, self.place = fact.NAME, fact.station
        self.amount += fact.amount


_ANY: Any = BenchCase.take_fact
BenchCase.APPLIERS = dict.fromkeys(KINDS, _ANY)


def facts(size: int = 4_000, seed: int = 7) -> list[BenchFact]:
    """Give a pool of facts, the twelve kinds in turn; the same at every run."""
    rnd = random.Random(seed)  # noqa: S311 - a workload, no secret
    return [_fact(rnd, KINDS[nth % 12]) for nth in range(size - size % 12)]


def _fact(rnd: random.Random, kind: type[BenchFact]) -> BenchFact:
    length = min(300, int(rnd.expovariate(1 / 70)) + 2)
    start = rnd.randrange(len(TEXT) // 6)
    return kind(
        by=f"cw{rnd.randrange(400):03d}",
        station=STATIONS[rnd.randrange(len(STATIONS))],
        at=(date(2024, 1, 1) + timedelta(days=rnd.randrange(600))).isoformat(),
        amount=rnd.randrange(500, 60_000),
        note=TEXT[start : start + length],
    )


class Placed(NamedTuple):
    """A fact of the invented log, at its position."""

    position: int
    stream: str
    version: int
    fact: BenchFact


def log(count: int, long: dict[str, int], seed: int = 3) -> Iterator[Placed]:
    """Give a log in order: about 2,000 open cases of 8 to 16 facts interleaved, and `long` ones.

    `long` names streams with their length; their facts are spread over the whole log.
    """
    rnd = random.Random(seed)  # noqa: S311 - a workload, no secret
    pool = facts()
    spread = [name for name, length in long.items() for _ in range(length)]
    rnd.shuffle(spread)
    share = len(spread) / count
    versions: dict[str, int] = {}
    cases = [_new(rnd) for _ in range(max(1, min(2_000, count // 20)))]
    for position in range(1, count + 1):
        if int(position * share) > int((position - 1) * share):
            stream = spread.pop()
        else:
            nth = rnd.randrange(len(cases))
            stream, length = cases[nth]
            if versions.get(stream, 0) + 1 >= length:
                cases[nth] = _new(rnd)
        version = versions[stream] = versions.get(stream, 0) + 1
        at = rnd.randrange(len(pool) // 12) * 12 + min(version - 1, 11)
        yield Placed(position, stream, version, pool[at])


def _new(rnd: random.Random) -> tuple[str, int]:
    return f"{WORD}-{uuid.UUID(int=rnd.getrandbits(128), version=4)}", rnd.randrange(8, 17)
