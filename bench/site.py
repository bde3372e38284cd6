"""The wired site in a process of its own: `python -m bench.site HOME NAME PORT`.

It is what `yizhan serve` runs: projections in a thread, uvicorn in front.
"""

import sys
from pathlib import Path

from yizhan.commands.serve import run
from yizhan.configuration import Configuration
from yizhan.installation import installation
from yizhan.memory import collect_seldom
from yizhan.wiring import Office


def configured(home: Path, port: int = 8_000) -> Configuration:
    """Give the configuration of a site on loopback, without TLS in front."""
    return Configuration(home=home, port=port, secure_cookies=False)


def main() -> None:
    """Serve until told to end."""
    collect_seldom()
    home, name, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    configuration = configured(home, port)
    with installation(configuration, name=name) as opened, Office(opened) as office:
        run(office, configuration, projections=True)


if __name__ == "__main__":
    main()
