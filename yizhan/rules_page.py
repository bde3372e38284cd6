"""`python -m yizhan.rules_page` writes docs/rules.md: every rule with the sentences it says."""

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("domain", "application", "projections", "web", "yizhan")
HEADER = """# Rules

Written by `make events` from the code; do not edit. Every refusal cites its rule and says one of
these sentences, in the reader's language. The statutes stand in the docstrings of the decisions.

| prefix | about |
|---|---|
| S, D | seekers, disputes |
| V, K, J, W, T, H | employers and vacancies, classes, fairs, workshop, stations, households |
| P | persons and accounts |
| A | attachments |
| I, F, L, O | imports, forms, the log, the office |
"""


def sentences() -> dict[str, dict[str, set[str]]]:
    """Give rule -> sentence -> the files that say it."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for rule, text in _refusals(ast.parse(path.read_text("utf-8"))):
                found[rule][text].add(str(path.relative_to(ROOT)))
    return found


def _refusals(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused"):
            continue
        given = {k.arg: k.value for k in node.keywords}
        rule, text = given.get("rule"), given.get("text")
        if not isinstance(rule, ast.Constant) or not isinstance(text, ast.Call):
            continue  # a refusal passed on, whose sentence stands where it was made
        if isinstance(said := text.args[0], ast.Constant):
            yield str(rule.value), str(said.value)


def page() -> str:
    """Write the page."""
    english: dict[str, str] = {}
    for path in sorted((ROOT / "web" / "locale").glob("*.toml")):
        english |= tomllib.loads(path.read_text("utf-8"))
    lines = [HEADER]
    found = sentences()
    for rule in sorted(found):
        lines += [f"## {rule}", "", "| sentence | in English | said in |", "|---|---|---|"]
        for text, files in sorted(found[rule].items()):
            lines.append(f"| {text} | {english.get(text, '')} | {', '.join(sorted(files))} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Write the page to its place."""
    (ROOT / "docs" / "rules.md").write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
