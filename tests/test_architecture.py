"""The arrows between the packages, and the habits that keep files readable."""

import ast
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import msgspec
import pytest

import domain
from domain.kernel import Event

ROOT = Path(__file__).parent.parent
OURS = ("domain", "application", "projections", "web", "yizhan")
FRAMEWORKS = {"eventsourcing", "fastapi", "starlette", "pydantic", "jinja2", "psycopg"}
# What the domain may never touch: a clock, chance, ids, the machine.
IMPURE = {"time", "random", "secrets", "uuid", "os", "socket", "asyncio", "subprocess", "pathlib"}
MAY_IMPORT = {
    "domain": {"domain"},
    "application": {"application", "domain"},
    "projections": {"projections", "domain"},
    "web": {"web", "application", "projections", "domain"},
    "yizhan": set(OURS),
}
# The one command of the domain that writes files prints the catalogue.
PRINTS = {"domain/catalogue.py"}
LONGEST = 400


def sources(package: str) -> Iterator[Path]:
    found = sorted((ROOT / package).rglob("*.py"))
    assert found, f"no files in {package}"
    yield from found


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("package", OURS)
def test_imports_follow_the_arrows(package: str) -> None:
    for path in sources(package):
        wrong = (imports(path) & set(OURS)) - MAY_IMPORT[package]
        assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


def test_the_domain_is_pure() -> None:
    allowed = {*sys.stdlib_module_names, "msgspec", "domain"}
    for path in sources("domain"):
        name = str(path.relative_to(ROOT))
        found = imports(path)
        assert not found - allowed, name
        assert not found & FRAMEWORKS, name
        assert name in PRINTS or not found & IMPURE, name


def test_only_the_application_and_the_projections_speak_to_the_database() -> None:
    for package in ("domain", "web"):
        for path in sources(package):
            assert not imports(path) & {"psycopg", "eventsourcing"}, path


@pytest.mark.parametrize("package", OURS)
def test_nobody_else_in_the_environment_uses_our_names(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"yizhan"}


@pytest.mark.parametrize("package", [*OURS, "tests", "bench"])
def test_no_file_is_longer_than_a_reader_bears(package: str) -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in sources(package)
        if (count := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_every_fact_is_frozen_and_keyword_only() -> None:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    kinds = list(subclasses(Event))
    assert len(kinds) > 100
    for kind in kinds:
        config = kind.__struct_config__
        assert config.frozen, kind
        # msgspec does not inherit `kw_only`: a subclass that forgets it takes positions again.
        with pytest.raises(TypeError, match="positional"):
            kind(*([None] * len(msgspec.structs.fields(kind))))


def subclasses(kind: type[Event]) -> Iterator[type[Event]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("domain."):
            yield child
            yield from subclasses(child)
