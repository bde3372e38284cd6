"""A vault, its indexes and a store on a fresh database."""

from pathlib import Path

import pytest

from application.people.blind import BlindIndex
from application.people.vault import Vault
from tests.database import Database


@pytest.fixture
def vault(database: Database, tmp_path: Path) -> Vault:
    """A vault whose master key was made in a folder of the test."""
    return Vault.unlock(database.pools.keys, {}, tmp_path, may_make=True)


@pytest.fixture
def index(database: Database, vault: Vault) -> BlindIndex:
    """The blind indexes of the database."""
    return BlindIndex(database.pools.keys, vault)
