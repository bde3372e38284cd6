"""What the commands that only read have in common: which data they look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from pydantic import SecretStr

from yizhan.configuration import Configuration, read_configuration
from yizhan.demo.registers import connected
from yizhan.installation import DEMO_DATABASE, Installation, installation
from yizhan.terminal import WRONG_USE, fail
from yizhan.wiring import Office

Demo = Annotated[
    bool, typer.Option("--demo", help="The invented people of `yizhan demo` instead of your own.")
]


@contextmanager
def demo_installation(configuration: Configuration) -> Iterator[Installation]:
    """Open the demo's own database: always the embedded server, whatever server was given."""
    home = configuration.home / "demo"
    own = {
        "secure_cookies": False,
        "dsn": SecretStr(""),
        "dsn_owner": SecretStr(""),
        "registers": connected(home),
    }
    plain = configuration.model_copy(update=own)
    with installation(plain, name=DEMO_DATABASE, clock="test", home=home) as opened:
        yield opened


@contextmanager
def reading(*, demo: bool) -> Iterator[Office]:
    """Open the installation, or the demo that was loaded before."""
    configuration = read_configuration()
    if demo and not (configuration.home / "demo").is_dir():
        raise fail("There is no demo yet: `yizhan demo --only-fill` loads it.", code=WRONG_USE)
    opening = demo_installation(configuration) if demo else installation(configuration)
    with opening as opened, Office(opened) as office:
        yield office
