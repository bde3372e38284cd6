"""A small trade of its own, so that forms are tested without the two cores."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from application.store import Done, Part, Stamp, Store
from domain.codes import table
from domain.kernel import N_, Aggregate, Event, Refused, applies, decides
from domain.money import Fen
from web.acts import Act, Desk, Field


class Opened(Event, frozen=True, kw_only=True):
    """登记."""

    TOPIC = "errand.opened"


class Paid(Event, frozen=True, kw_only=True):
    """付款."""

    TOPIC = "errand.paid"

    amount: Fen


class Share(NamedTuple):
    worker: str
    amount: Fen


class Errand(Aggregate):
    paid = Fen(0)
    closed = False
    station = "station-hc"
    officers = frozenset({"staff-mediator"})
    case_no = "鹤劳调〔2026〕0023号"

    @property
    def standing(self) -> str:
        return "-" if not self.version else "CLOSED" if self.closed else "ACCEPTED"

    @applies(Opened)
    def _opened(self, _fact: Opened, _on: date) -> None:
        pass

    @applies(Paid)
    def _paid(self, fact: Paid, _on: date) -> None:
        self.paid = self.paid + fact.amount

    @decides("D-00", {"ACCEPTED"})
    def pay(self, *, amount: Fen) -> list[Event]:
        if amount > Fen(100_000):
            raise Refused(
                rule="D-07",
                text=N_("不能多于{most}。"),
                field="amount",
                most=Fen(100_000),
            )
        return [Paid(amount=amount)]

    @decides("D-00", {"CLOSED"})
    def reopen(self) -> list[Event]:
        return []


class Errands:
    """The service, with what it was last asked."""

    def __init__(self, store: Store) -> None:
        self.store, self.asked = store, dict[str, object]()
        self.stamps: list[Stamp] = []

    def open(self, *, title: str, month: date | None, stamp: Stamp) -> Done:
        self.asked = {"title": title, "month": month}
        return self._take("errand-new", stamp)

    def pay(
        self,
        case: str,
        *,
        amount: Fen,
        way: str,
        days: int | None,
        note: str,
        on_site: bool,
        shares: Sequence[Share],
        workers: Sequence[str],
        stamp: Stamp,
    ) -> Done:
        self.asked = {"case": case, "amount": amount, "way": way, "days": days, "note": note}
        self.asked |= {"on_site": on_site, "shares": shares, "workers": workers}
        self.stamps.append(stamp)
        return self.store.decide(stamp, Part(Errand, case, lambda e: e.pay(amount=amount)))

    def reopen(self, case: str, *, stamp: Stamp) -> Done:
        return self.store.decide(stamp, Part(Errand, case, Errand.reopen))

    def _take(self, stream: str, stamp: Stamp) -> Done:
        self.stamps.append(stamp)
        return Done(9, (stream,))


WAYS = table("""bank | 转账 | transfer
cash | 现金 | cash""")
ACTS = (
    Act(
        "open",
        "登记",
        (Field("title", "名称"), Field("month", "月份", "month", required=False)),
        right="dispute.intake",
        begins=True,
    ),
    Act(
        "pay",
        "登记付款",
        (
            Field("amount", "金额", "money"),
            Field("way", "方式", "code", choices=WAYS),
            Field("days", "天数", "int", required=False),
            Field("note", "备注", "longtext", required=False),
            Field("on_site", "当场", "bool", required=False),
            Field(
                "shares",
                "各人",
                "table",
                required=False,
                columns=(Field("worker", "劳动者", "worker"), Field("amount", "金额", "money")),
                make=Share,
            ),
            Field("workers", "谁", "worker", required=False, many=True),
        ),
        consequence="将计入已付金额。",
        right="dispute.settle",
    ),
    Act("reopen", "恢复办理", right="case.reopen"),
)


def desk(service: Errands) -> Desk:
    return Desk("errands", "errand", "差事", Errand, (service,), ACTS)


def opened() -> Errand:
    """A case that was accepted on a day."""
    return Errand().fold([(Opened(), date(2026, 3, 2))])
