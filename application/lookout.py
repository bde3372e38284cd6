"""A thread that looks again and again until it is stopped, whatever goes wrong at a look."""

import logging
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)


class Lookout:
    """Calls a function at its start and then every so many seconds, in a thread of its own."""

    def __init__(
        self, name: str, every: float, look: Callable[[], object], *passing: type[Exception]
    ) -> None:
        """Take the thread's name, the seconds between looks, what to do, and what is no trouble."""
        self._name, self._every, self._look, self._passing = name, every, look, passing
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def ending(self) -> bool:
        """Whether it was told to stop: a long look leaves the rest."""
        return self._ended.is_set()

    def start(self) -> None:
        """Look until `stop`."""
        self._ended.clear()
        self._thread = threading.Thread(target=self._live, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the look at hand."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _live(self) -> None:
        while not self._ended.is_set():
            try:
                self._look()
            except self._passing:
                pass
            except Exception as error:  # noqa: BLE001 - whatever it is, the thread goes on
                _log.warning("%s: %s, and looks again.", self._name, type(error).__name__)
            self._ended.wait(self._every)
