"""The page of the seekers' rules names every rule, and tests that exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "seeker-rules.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| (S-\d\d) \|.*\| `([^`]+)` \|$", PAGE, re.MULTILINE))


def test_every_rule_from_s_00_to_s_21_has_a_row() -> None:
    assert sorted(ROWS) == [f"S-{number:02}" for number in range(22)]


def test_every_test_that_the_page_names_exists() -> None:
    missing = []
    for rule, place in ROWS.items():
        path, _, name = place.partition("::")
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        if name not in found:
            missing.append(f"{rule}: {place}")
    assert not missing, missing
