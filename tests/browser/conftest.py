"""One site and one browser a run, one context a test; nothing foreign, no dialog, no error."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from application.database.embedded import EmbeddedServer
from tests.browser.site import Site, running
from tests.browser.visitor import Visitor

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",  # needed as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing foreign is reached
    "--no-default-browser-check",
]
HERE = Path(__file__).parent
Come = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser; one worker runs all of it, over one site."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium; without it or without a Chinese font there is nothing to look at."""
    if not CHROMIUM.is_file():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    fonts = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False)
    if not fonts.stdout.strip():
        pytest.skip("no font has Chinese glyphs: apt-get install fonts-noto-cjk")
    with sync_playwright() as started:
        yield from _launched(started)


def _launched(started: Playwright) -> Iterator[Browser]:
    browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def site(
    chromium: Browser, server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The whole product, running."""
    with running(server, tmp_path_factory.mktemp("browser-site")) as found:
        yield found


@pytest.fixture
def come(chromium: Browser, site: Site) -> Iterator[Come]:
    """Let somebody come to the site; at the end nothing may have gone wrong in their browser."""
    came: list[Visitor] = []

    def arrive(role: str = "", *, javascript: bool = True, width: int = 1366) -> Visitor:
        context = chromium.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            base_url=site.address,
        )
        context.set_default_timeout(15_000)
        visitor = Visitor(context, site)
        came.append(visitor)
        if role:
            visitor.sign_in(role)
        return visitor

    yield arrive
    for visitor in came:
        visitor.context.close()
    assert [trouble for visitor in came for trouble in visitor.troubles] == []
