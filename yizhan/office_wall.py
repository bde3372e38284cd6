"""The wall of an installation: its runner, what keeps it current, and how it is brought up."""

from collections.abc import Callable, Iterator
from functools import cached_property
from types import TracebackType
from typing import Self

from application import seen
from application.log.reader import LogReader
from application.office_settings import OfficeSettings
from application.people.names import NameIndex
from application.standards import StandardsBook
from domain.calendar import WorkCalendar
from domain.catalogue import aggregates
from domain.settings import Settings
from projections.catalogue import views
from projections.clocks import Clocks
from projections.folding import Projection
from projections.helpers import Help
from projections.moved import Change, Touched, moved
from projections.rebuild import rebuild
from projections.runner import Runner
from yizhan.clock import OfficeClock
from yizhan.helping import Opened
from yizhan.installation import Installation
from yizhan.live_views import LiveViews

Step = Callable[[int, int, float], None]


class OfficeWall:
    """The part of an office that keeps the wall; what it works with is set by `Office`."""

    installation: Installation
    clock: OfficeClock
    settings: OfficeSettings
    names: NameIndex
    reader: LogReader
    leader: LogReader

    @cached_property
    def runner(self) -> Runner:
        """The projection runner, with the calendar and settings in force."""
        self.settings.seed()
        projections = self._views()
        return Runner(self.leader, self.installation.pools.projector, projections, aggregates())

    def _views(self) -> list[Projection]:
        """Make every view by the calendar, settings and standards in force."""
        calendar, settings = self.settings.calendar(), self.settings.settings()
        return views(calendar, settings, self.clock.today(), self.standards.standards())

    @cached_property
    def live(self) -> LiveViews:
        """What keeps the views of this process to the calendar in force."""
        pool = self.installation.pools.projector
        return LiveViews(self.runner, self.leader, pool, self._views, helped=self.helped)

    @property
    def helped(self) -> Help:
        """How other processes help to rebuild a long log."""
        return Help(Opened(self.installation.access.projector))

    def moves(self, after: WorkCalendar | Settings, touched: Touched) -> Iterator[Change]:
        """Compute which running time limits and alarms another calendar or setting moves."""
        on = max(self.clock.today(), touched.on)
        old = Clocks(self.settings.calendar(), self.settings.settings(), on)
        return moved(self.installation.pools.reader, self.reader, old, old.under(after), touched)

    def _appended(self, _position: int) -> None:
        """Wake the runner of this process, if there is one; what was seen before is over."""
        seen.forget()
        if "runner" in self.__dict__:
            self.runner.hint()

    @cached_property
    def standards(self) -> StandardsBook:
        """The service standards with their dates."""
        return StandardsBook(self.installation.pools.writer)

    def prepare(self, step: Step | None = None) -> None:
        """Make missing tables, rebuild what another version left, and name everybody."""
        stale = self.runner.prepare()
        if stale:
            pool = self.installation.pools.projector
            step = step or _silent
            rebuild(self.runner, self.leader, pool, stale, step, helped=self.helped)
        self.names.follow()

    def settle(self) -> None:
        """Let this process see everything that is committed, when no runner leads."""
        with self.leader.leadership() as leads:
            if leads:
                self.leader.drain()

    def bring_up(self, step: Step | None = None) -> int:
        """Bring the wall up to the log, by rebuilding what is far behind; give the position."""
        self.settle()
        self.prepare(step)
        with self.leader.leadership() as leads:
            if leads:
                return self.runner.catch_up()
        mark = self.leader.watermark()
        self.runner.wait_for(mark, timeout=60.0)
        return mark

    def __enter__(self) -> Self:
        """Use until the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the runner of this process."""
        if "runner" in self.__dict__:
            self.runner.stop()


def _silent(_done: int, _total: int, _rate: float) -> None:
    """Tell nobody."""
