"""One town a run of these tests; every test leaves the others' cases alone."""

from collections.abc import Iterator

import pytest

from application.database.embedded import EmbeddedServer
from tests.caseload.town import Town, desks
from tests.wired import wired


@pytest.fixture(scope="module")
def hecheng(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town of Hecheng on 2026-04-16."""
    with wired(server, tmp_path_factory.mktemp("town"), desks) as found:
        yield found
