"""The library's application, with every setting given and nothing read from the process.

The library merges the process environment into its settings; a variable left over from another
program could switch on what loses facts for readers. So nothing of it is read, and a start with
such a variable is refused.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from eventsourcing.application import Application, Repository
from eventsourcing.persistence import InfrastructureFactory, Mapper
from eventsourcing.postgres import PostgresDatastore, PostgresFactory
from eventsourcing.utils import Environment, EnvType

from application.log.mapper import LogMapper
from application.log.recorder import LogRecorder, Pool
from domain.kernel import Aggregate

A = TypeVar("A", bound=Aggregate)

NAME = "Log"
SETTINGS: Mapping[str, str] = {
    "PERSISTENCE_MODULE": "eventsourcing.postgres",
    "APPLICATION_RECORDER_TOPIC": "application.log.recorder:LogRecorder",
    "CREATE_TABLE": "no",
    "POSTGRES_SCHEMA": "log",
    "POSTGRES_ENABLE_DB_FUNCTIONS": "no",
    "ORIGINATOR_ID_TYPE": "text",
    "IS_SNAPSHOTTING_ENABLED": "no",
    "AGGREGATE_CACHE_MAXSIZE": "",
    "AGGREGATE_CACHE_FASTFORWARD": "no",
    "AGGREGATE_CACHE_FASTFORWARD_SKIPPING": "no",
    "DEEPCOPY_FROM_AGGREGATE_CACHE": "no",
    "MAPPER_TOPIC": "",
    "TRANSCODER_TOPIC": "",
    "COMPRESSOR_TOPIC": "",
    "CIPHER_TOPIC": "",
    "CIPHER_KEY": "",
    "POSTGRES_GET_PASSWORD_TOPIC": "",
}


class WrongSetting(Exception):
    """A setting of the library stands in the process environment and differs from ours."""


def refuse_settings(environment: Mapping[str, str]) -> None:
    """Refuse a start with a setting of the library that would change what it does."""
    for key, value in environment.items():
        name = key.removeprefix(NAME.upper() + "_")
        if name in SETTINGS and value != SETTINGS[name]:
            raise WrongSetting(f"Unset {key}: the event log takes no setting from there.")


class SharedDatastore(PostgresDatastore):
    """The library's datastore over a pool that somebody else opens and closes."""

    def __init__(self, pool: Pool) -> None:
        """Take the pool; the library's own, with its settings, is never made."""
        # The base class would build a pool of its own, so its __init__ is left out.
        self.pool = cast("Any", pool)
        self.schema = SETTINGS["POSTGRES_SCHEMA"]
        self.originator_id_type = SETTINGS["ORIGINATOR_ID_TYPE"]
        self.enable_db_functions = False
        self.single_row_tracking = True
        self.lock_timeout = 0
        self.db_type_names = set()
        self.psycopg_type_adapters = {}
        self.psycopg_python_types = {}

    def register_type_adapters(self) -> None:
        """Do nothing: the log uses no composite types."""

    @contextmanager
    def get_connection(self) -> Iterator[Any]:
        """Lend a connection of the shared pool."""
        with self.pool.connection() as conn:
            yield conn

    def close(self) -> None:
        """Leave the pool to its owner."""


class LogFactory(PostgresFactory):
    """The library's factory without its reading of connection settings."""

    def __init__(self, env: Environment, pool: Pool) -> None:
        """Take the settings and the pool."""
        InfrastructureFactory.__init__(self, env)
        self.datastore = SharedDatastore(pool)


class LogRepository(Repository[str]):
    """Fold streams by looking appliers up in a dict."""

    def load(self, kind: type[A], stream: str) -> A:
        """Fold one stream; an unknown stream is an aggregate of version 0.

        The library's own `get` makes four objects of each fact before it is folded (row, envelope,
        event, pair); a decision needs the fact and its day, so those are read and nothing else.
        """
        recorder = cast("LogRecorder", self.event_store.recorder)
        mapper = cast("LogMapper", self.event_store.mapper)
        return kind().fold(mapper.dated(stream, recorder.select_dated(stream)))


class LogApplication(Application[str]):
    """One application for all kinds of cases; snapshots are off."""

    name = NAME

    def __init__(self, pool: Pool, mapper: LogMapper) -> None:
        """Take the writer's pool and the Mapper, which knows catalogue and keys."""
        refuse_settings(os.environ)
        self._pool, self._log_mapper = pool, mapper
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Give our settings, all of them, and nothing of the process."""
        return Environment(name, {**SETTINGS, **(env or {})})

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """Build the library's parts over our pool."""
        return LogFactory(env, self._pool)

    def construct_mapper(self) -> Mapper[str]:
        """Use our Mapper."""
        return self._log_mapper

    def construct_recorder(self) -> LogRecorder:
        """Use our Recorder, and nothing if somebody names another one."""
        recorder = super().construct_recorder()
        if not isinstance(recorder, LogRecorder):
            raise TypeError(f"Not the log's recorder: {type(recorder).__name__}")
        return recorder

    def construct_repository(self) -> LogRepository:
        """Use our projector function, without a cache."""
        return LogRepository(self.events)
