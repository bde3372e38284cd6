"""One town for the tests of messages: the desks of Hecheng, with seekers and disputes."""

from collections.abc import Iterator

import pytest

from application.database.embedded import EmbeddedServer
from tests.caseload.town import desks
from tests.messages.town import Post
from tests.wired import wired


@pytest.fixture(scope="module")
def post(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """The town on 2026-04-16, with a gateway that the tests look into."""
    with wired(server, tmp_path_factory.mktemp("messages"), desks) as found:
        yield Post(found)
