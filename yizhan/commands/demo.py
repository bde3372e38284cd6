"""`yizhan demo`: a station with invented people, ready in the browser."""

import webbrowser
from typing import Annotated

import typer

from yizhan.commands import serve
from yizhan.commands.reading import demo_installation
from yizhan.configuration import read_configuration
from yizhan.demo import fill
from yizhan.terminal import WRONG_USE, err, fail, progress
from yizhan.wiring import Office


def demo(
    browser: Annotated[bool, typer.Option(help="Open the browser when the site is up.")] = True,
    only_fill: Annotated[bool, typer.Option(help="Load the data and end.")] = False,
) -> None:
    """Start an embedded database, load invented people and cases, and serve the site."""
    configuration = read_configuration()
    if configuration.host not in serve.LOOPBACK:
        raise fail("The demo signs in by one click: it serves this machine only.", code=WRONG_USE)
    with demo_installation(configuration) as opened, Office(opened) as office:
        with progress("demo data") as step:
            cast = fill(office, step)
        with progress("projections") as step:
            office.bring_up(step)
        if only_fill:
            return
        address = f"http://{configuration.host}:{configuration.port}"
        err.print(f"Yizhan 驿站: {address}", highlight=False)
        if browser:
            webbrowser.open(address)
        serve.run(office, opened.configuration, projections=True, cast=cast)
