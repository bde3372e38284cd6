"""Pages of the wired site under uvicorn, against a bare text answer of the same server."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bench.report import Figure, p95, ratio, spread
from bench.rig import ROOT, Rig
from bench.town import build

# performance.md 9 and issue 2 section 9.
SLOWEST, GROWTH, OF_BARE_TEXT, OF_FULL, COLD = 150.0, 1.2, 0.06, 2.0, 5.0
LISTS = {"own list": "/cases", "station's list": "/cases?whose=team"}
SERVE = "from yizhan.main import main; main()"
STATISTICS, BARE, SIGN_IN = "/statistics", "/healthz", "/login"


class Visitor:
    """A signed-in browser that keeps its connection."""

    def __init__(self, port: int, token: str) -> None:
        """Connect."""
        self._http = HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"cookie": f"sid={token}", "accept-language": "zh-CN"}

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def get(self, path: str, *, etag: str = "", status: int = 200) -> tuple[float, str]:
        """Ask for a page; give seconds and ETag."""
        headers = self._headers | ({"if-none-match": etag} if etag else {})
        begin = perf_counter()
        self._http.request("GET", path, headers=headers)
        answer = self._http.getresponse()
        answer.read()
        took = perf_counter() - begin
        if answer.status != status:
            raise ValueError(f"{path} answered {answer.status}")
        return took, answer.getheader("etag") or ""

    def many(self, path: str, count: int) -> list[float]:
        """Ask several times."""
        return [self.get(path)[0] for _ in range(count)]


@contextmanager
def served(*command: str, port: int, environment: dict[str, str] | None = None) -> Iterator[int]:
    """Run a server until the block ends, from its first answer on; give its process id."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | (environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = perf_counter() + 60
        while not _answers(port):
            if process.poll() is not None or perf_counter() > end:
                raise RuntimeError("The site did not start.")
            sleep(0.02)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def _answers(port: int) -> bool:
    try:
        with closing(Visitor(port, "")) as visitor:
            visitor.get(SIGN_IN)
    except OSError:
        return False
    return True


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(rig: Rig, *, sizes: tuple[int, int] = (10_000, 100_000), rounds: int = 15) -> None:
    """Measure the lists in two towns at once, in alternating rounds; then the statistics page."""
    each = 2 if rig.quick else 20
    small, large = free_port(), free_port()
    tokens = [build(rig.folder, f"bench_town_{size}", size) for size in sizes]
    places = [str(rig.folder)]
    with (
        served("-m", "bench.site", *places, f"bench_town_{sizes[0]}", str(small), port=small),
        served(
            "-m", "bench.site", *places, f"bench_town_{sizes[1]}", str(large), port=large
        ) as pid,
        closing(Visitor(small, tokens[0])) as first,
        closing(Visitor(large, tokens[1])) as second,
    ):
        towns = [first, second]
        for what, path in LISTS.items():
            _list(rig, towns, (what, path), sizes, (rounds, each))
        _statistics(rig, towns[1], rounds)
        rig.report.add(Figure("pages", "memory of the site", _peak(pid), "MB"))
    _cold(rig)


def _list(
    rig: Rig,
    towns: list[Visitor],
    page: tuple[str, str],
    sizes: tuple[int, int],
    often: tuple[int, int],
) -> None:
    (what, path), (rounds, each) = page, often
    for town in towns:
        town.many(path, 3)
        town.many(BARE, 3)
    found: list[tuple[list[float], list[float], list[float]]] = [
        (towns[0].many(path, each), towns[1].many(path, each), towns[1].many(BARE, each))
        for _ in range(rounds)
    ]
    slow = p95([took for _, large, _ in found for took in large])
    growth = [median(large) / median(small) for small, large, _ in found]
    bare = ratio([(median(bare), median(large)) for _, large, bare in found])
    at = f"{what} at {sizes[1]:,} cases"
    middle = f"median {1e3 * median(median(large) for _, large, _ in found):.1f} ms"
    rig.report.add(
        Figure("pages", f"p95, {at}", 1e3 * slow, "ms", SLOWEST, "less", middle),
        Figure("pages", f"rate / bare text, {at}", bare, floor=OF_BARE_TEXT),
        Figure(
            "pages",
            f"growth from {sizes[0]:,}, {at}",
            median(growth),
            "x",
            GROWTH,
            "less",
            f"{rounds} rounds, {spread(growth)}",
        ),
    )


def _statistics(rig: Rig, visitor: Visitor, rounds: int) -> None:
    """Compare the page with the answer to a browser that has it already."""
    _, etag = visitor.get(STATISTICS)
    if not etag:
        raise LookupError("The statistics page has no ETag.")
    pairs = [
        (visitor.get(STATISTICS)[0], visitor.get(STATISTICS, etag=etag, status=304)[0])
        for _ in range(rounds)
    ]
    note = f"{1e3 * median(p[0] for p in pairs):.1f} ms full"
    what = "statistics page, ETag hit: full / hit"
    rig.report.add(Figure("pages", what, ratio(pairs), floor=OF_FULL, note=note))


def _cold(rig: Rig) -> None:
    """Start `yizhan serve` once it is set up, its database server included."""
    home, taken = rig.folder / "cold", []
    for _ in range(2 if rig.quick else 4):
        port, begin = free_port(), perf_counter()
        settings = {"YIZHAN_HOME": str(home), "YIZHAN_PORT": str(port), "YIZHAN_DSN": ""}
        with served("-c", SERVE, "serve", port=port, environment=settings):
            taken.append(perf_counter() - begin)
    note = f"{taken[0]:.1f} s at the very first start"
    what = "cold start to the sign-in page"
    rig.report.add(Figure("pages", what, median(taken[1:]), "s", COLD, "less", note))


def _peak(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
