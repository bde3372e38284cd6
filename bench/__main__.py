"""`python -m bench [--quick] [--json FILE] [part ...]`: one server, one run, interleaved rounds."""

import argparse
import json
import platform
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from bench import append, disputes, imports, load, matching, pages, papers, rebuild, search, wait
from bench.report import Figure, Report
from bench.rig import Rig, rig
from bench.rig import load as busy

PARTS: dict[str, Callable[[Rig], None]] = {
    "append": append.run,
    "load": load.run,
    "rebuild": rebuild.run,
    "wait": wait.run,
    "import": imports.run,
    "matching": matching.run,
    "pages": pages.run,
    "disputes": disputes.run,
    "search": search.run,
    "papers": papers.run,
}


def main() -> None:
    """Measure the parts named, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, at most 90 seconds")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    report, before, begin = Report(), busy(), perf_counter()
    print(f"{before}; Python {platform.python_version()}. Read the ratios: absolute numbers are of")
    print("this machine and this hour.", flush=True)
    with rig(report, quick=given.quick) as made:
        for name in given.parts or PARTS:
            PARTS[name](made)
    report.table()
    missed: list[Figure] = [figure for figure in report.figures if figure.reached is False]
    print(f"{perf_counter() - begin:.0f} s; {busy()}; {len(missed)} floors missed")
    if given.json:
        found = {"load": before, "quick": given.quick, "figures": report.plain()}
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
