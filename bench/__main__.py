"""Run the measurements: `python -m bench [--quick] [--json FILE]`."""

import argparse
import json
import os
import tempfile
from pathlib import Path

from application.database.embedded import EmbeddedServer
from bench import appends
from bench.measure import table


def main() -> None:
    """Start a server in a temporary folder, measure, print the table."""
    asked = argparse.ArgumentParser(prog="bench", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    asked.add_argument("--json", type=Path, help="write every round to this file")
    options = asked.parse_args()
    rounds, seconds = (3, 0.5) if options.quick else (7, 1.2)
    with tempfile.TemporaryDirectory(prefix="yizhan-bench-") as folder:
        Path(folder).chmod(0o755)  # as root the server runs as another user
        with EmbeddedServer(Path(folder) / "pg") as server:
            figures = appends.measure(server, rounds=rounds, seconds=seconds)
    print(table(figures))
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores: read the ratios")
    if options.json:
        options.json.write_text(json.dumps([one.as_json() for one in figures], indent=1))


if __name__ == "__main__":
    main()
