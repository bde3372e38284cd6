"""The directory of stations 动态管理名录: open, change, report, close."""

from collections.abc import Callable, Iterable
from datetime import datetime

from application.desk import Desk
from application.ids import new_stream
from application.store import Done, Stamp, Store
from domain.kernel import Event
from domain.money import Fen
from domain.station import Station
from domain.station.facts import Opened
from domain.station.network import Row, ancestors

RIGHT, COUNT, REPORT = "station.manage", "station.count", "station.report"


class Directory(Desk):
    """What may be asked about stations; `network` gives (id, parent), `open_cases` counts."""

    def __init__(
        self,
        store: Store,
        *,
        network: Callable[[], Iterable[Row]],
        open_cases: Callable[[str], int],
    ) -> None:
        """Take the store and what is known of the network."""
        super().__init__(store)
        self._network, self._open_cases = network, open_cases

    def open(self, *, terms: Opened, stamp: Stamp, station: str = "") -> Done:
        """Open a station; `Done.streams` names it (T-01, T-02)."""
        station = station or new_stream("station")
        level = self._level(terms.parent)
        return self._take(
            (Station, station), stamp, RIGHT, Station.open, terms=terms, parent_level=level
        )

    def change_details(self, station: str, *, field: str, value: object, stamp: Stamp) -> Done:
        """Change what the directory shows (T-01, T-02)."""

        def decide(state: Station) -> list[Event]:
            parent = str(value) if field == "parent" and value else state.parent
            return state.change_details(
                station=station,
                field=field,
                value=value,
                parent_level=self._level(parent),
                above=ancestors(self._network(), parent),
            )

        return self._take((Station, station), stamp, RIGHT, decide)

    def upgrade(
        self,
        station: str,
        *,
        stamp: Stamp,
        modules: tuple[str, ...] = (),
        zones: tuple[str, ...] = (),
        services: tuple[str, ...] = (),
        equipment: tuple[str, ...] = (),
    ) -> Done:
        """Record a refit."""
        return self._take(
            (Station, station),
            stamp,
            RIGHT,
            Station.upgrade,
            modules=modules,
            zones=zones,
            services=services,
            equipment=equipment,
        )

    def join_partner(self, station: str, *, partner: str, stamp: Stamp) -> Done:
        """Record a body that works here."""
        return self._take((Station, station), stamp, RIGHT, Station.join_partner, partner=partner)

    def give_honour(self, station: str, *, honour: str, year: int, stamp: Stamp) -> Done:
        """Record an honour."""
        return self._take(
            (Station, station), stamp, RIGHT, Station.give_honour, honour=honour, year=year
        )

    def set_budget(
        self, station: str, *, year: int, purpose: str, amount: Fen, stamp: Stamp
    ) -> Done:
        """Record the money of a year."""
        return self._take(
            (Station, station),
            stamp,
            RIGHT,
            Station.set_budget,
            year=year,
            purpose=purpose,
            amount=amount,
        )

    def count_footfall(
        self, station: str, *, from_at: datetime, to_at: datetime, entered: int, stamp: Stamp
    ) -> Done:
        """Record a counter's interval (T-03)."""
        return self._take(
            (Station, station),
            stamp,
            COUNT,
            Station.count_footfall,
            from_at=from_at,
            to_at=to_at,
            entered=entered,
        )

    def report_day(
        self, station: str, *, position: int, figures: dict[str, int], sha256: str, stamp: Stamp
    ) -> Done:
        """Record the daily sheet."""
        return self._take(
            (Station, station),
            stamp,
            REPORT,
            Station.report_day,
            position=position,
            figures=figures,
            sha256=sha256,
        )

    def close(self, station: str, *, reason: str, stamp: Stamp, moved_to: str = "") -> Done:
        """Close a station (T-03)."""
        return self._take(
            (Station, station),
            stamp,
            RIGHT,
            Station.close,
            station=station,
            reason=reason,
            open_cases=self._open_cases(station),
            moved_to=moved_to,
        )

    def _level(self, parent: str | None) -> str:
        return self._store.load(Station, parent).level if parent else ""
