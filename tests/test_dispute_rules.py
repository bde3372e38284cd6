"""The page of dispute rules is true: every rule is there, and every test that it names exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "dispute-rules.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (D-\d\d) \|(.*)$", PAGE, re.MULTILINE))
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def raised() -> set[str]:
    """The rules of disputes that the domain refuses by."""
    found: set[str] = set()
    for path in (ROOT / "domain").rglob("*.py"):
        found |= set(re.findall(r'"(D-\d\d)"', path.read_text(encoding="utf-8")))
    return found


def test_every_rule_of_the_domain_has_a_row_with_tests() -> None:
    assert raised() == ROWS.keys() == {f"D-{number:02}" for number in range(23)}
    assert [rule for rule, row in ROWS.items() if "::" not in row] == []


@pytest.mark.parametrize("path", sorted({path for path, _ in NAMED}))
def test_every_test_that_is_named_exists(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert {name for file, name in NAMED if file == path} <= there
