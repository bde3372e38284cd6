"""The menu: under few headings, each of them short, nothing twice, every entry a plain link."""

from itertools import groupby

import pytest

from tests.web import fakes
from web.pages import NAV
from web.words import ROLES

LONGEST = 8  # entries under one heading: what is looked over at a glance


def headings(role: str) -> list[tuple[str, list[str]]]:
    """Give what a role sees, heading by heading, as the shell draws it."""
    mine = [item for item in NAV if not item.roles or role in item.roles]
    return [(name, [one.path for one in some]) for name, some in groupby(mine, lambda i: i.group)]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_heading_stands_twice_or_over_too_much(role: str) -> None:
    found = headings(role)
    names = [name for name, _ in found]
    assert len(set(names)) == len(names)
    assert all(len(paths) <= LONGEST for _, paths in found), found


def test_no_page_stands_in_the_menu_twice() -> None:
    paths = [item.path for item in NAV]
    assert len(set(paths)) == len(paths)


def test_every_entry_is_a_link_that_the_keyboard_reaches() -> None:
    browser = fakes.browser(fakes.parts(), "station_manager")
    text = browser.get("/cases").text
    side = text.partition('<nav class="side"')[2].partition("</nav>")[0]
    links = [part.partition('"')[0] for part in side.split('<a href="')[1:]]
    assert links
    assert "tabindex" not in side
    assert "<details" not in side
    assert links == [
        path for _, paths in headings("station_manager") for path in paths if path in links
    ]
