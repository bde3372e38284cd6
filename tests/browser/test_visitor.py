"""What a visitor watches for is seen: nothing foreign is fetched without being told."""

from tests.browser.conftest import Come


def test_what_a_page_fetches_elsewhere_is_told_and_does_not_come(come: Come) -> None:
    visitor = come()
    visitor.page.set_content('<img src="https://example.org/a.png"><img src="http://192.0.2.1/b">')
    visitor.page.wait_for_load_state()
    told, visitor.troubles = visitor.troubles, []
    assert {one for one in told if one.startswith("foreign")} == {
        "foreign: https://example.org/a.png",
        "foreign: http://192.0.2.1/b",
    }
    assert sum("ERR_NAME_NOT_RESOLVED" in one for one in told) == 2
