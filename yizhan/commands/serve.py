"""`yizhan serve`: the site, with the projections in a thread."""

import sys
from collections.abc import Sequence
from threading import Thread
from typing import Annotated

import structlog
import typer
import uvicorn

from application.database.problem import DatabaseProblem
from web.pages import read_templates
from web.parts import DemoRole
from web.site import create_site
from yizhan.configuration import Configuration, read_configuration
from yizhan.installation import installation
from yizhan.registers import Daily
from yizhan.site_parts import site_parts
from yizhan.terminal import err
from yizhan.wiring import OPERATOR, Office

log = structlog.get_logger(__name__)
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# Seconds that a thread computes before another may. A page comes back from the database a dozen
# times; by Python's own 5 ms it waited that long each time while the projections folded a case.
TURN = 0.001


def serve(
    projections: Annotated[
        bool, typer.Option(help="Run the projections in a thread of this process.")
    ] = True,
) -> None:
    """Serve the site; refuses a database whose clock can be set."""
    configuration = read_configuration()
    with installation(configuration) as opened, Office(opened) as office:
        if office.clock.test:
            raise DatabaseProblem(
                "This database was made with --clock=test: it serves tests and the demo only."
            )
        run(office, configuration, projections=projections)


def run(
    office: Office,
    configuration: Configuration,
    *,
    projections: bool,
    cast: Sequence[DemoRole] = (),
) -> None:
    """Serve until the process is told to end; then end the projections after their page.

    `cast` are the roles of the demo that sign in by one click.
    """
    sys.setswitchinterval(TURN)
    office.prepare()
    parts = site_parts(office, demo=cast)
    jobs = parts.extra["office"].jobs
    if projections:
        office.runner.start()
        office.messaging.sender.start()
    office.live.start()
    jobs.start()
    daily = Daily(jobs, OPERATOR, office.clock.today)
    if configuration.registers and not office.clock.test:  # the demo's day does not pass
        daily.start()
    Thread(target=_tidy, args=[office], name="attachments", daemon=True).start()
    Thread(target=read_templates, name="templates", daemon=True).start()
    try:
        err.print(f"http://{configuration.host}:{configuration.port}", highlight=False)
        uvicorn.run(
            create_site(parts),
            host=configuration.host,
            port=configuration.port,
            log_config=None,
            server_header=False,
            proxy_headers=False,
        )
    finally:
        daily.stop()
        jobs.stop()
        office.live.stop()
        if projections:
            office.messaging.sender.stop()
            office.runner.stop()


def _tidy(office: Office) -> None:
    """Remove the files of attachments that nobody will be offered again."""
    try:
        tidied = office.attachments.tidy()
    except Exception as error:  # noqa: BLE001 - the next start looks again, the site serves
        log.error("attachments", error=type(error).__name__)  # noqa: TRY400 - values stay out
    else:
        log.info("attachments", count=sum(tidied))
