"""`yizhan project`: the projections as a process of their own."""

import signal
import threading

from yizhan.configuration import read_configuration
from yizhan.installation import installation
from yizhan.terminal import err
from yizhan.wiring import Office


def project() -> None:
    """Run the projections, for use beside `serve --no-projections`, until told to end."""
    ended = threading.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: ended.set())
    with installation(read_configuration()) as opened, Office(opened) as office:
        office.prepare()
        office.runner.start()
        office.live.start()
        office.messaging.sender.start()
        err.print("The projections run; Ctrl+C ends them after their page.")
        ended.wait()
        office.messaging.sender.stop()
        office.live.stop()
        office.runner.stop()
