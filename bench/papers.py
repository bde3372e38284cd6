"""Papers: the agreement for 300 workers from the log to the PDF, against one for three.

The whole way is measured: read the case and everybody it names, fold, open the names, set the
pages, hash. The bare typesetting of the same data, as the limit, is measured in the same rounds.
"""

from statistics import median
from time import perf_counter

from application.documents import engine
from application.documents.service import Asked
from bench.disputes import WORKERS, Builder
from bench.report import Figure, ratio
from bench.rig import Rig
from bench.site import configured
from yizhan.installation import installation
from yizhan.papers import documents
from yizhan.wiring import Office

SLOWEST = 2.0  # seconds; issue 3, "How fast, how big"
NAME = "bench_papers"
AGREEMENT = Asked("agreement", "1")
# The least that the layout sets: one page with one line.
PLAIN = {
    "title": "空白",
    "style": "letter",
    "draft": True,
    "issuer": "站",
    "number": "1",
    "document": "",
    "position": "1",
    "issued": "",
    "date": [2026, 4, 16],
    "address": "",
    "code": "",
    "qr": [],
    "blocks": [{"kind": "para", "text": "一"}],
}


def run(rig: Rig, *, workers: int = WORKERS, rounds: int = 0) -> None:
    """Issue and set again the agreement of a large case and of a small one."""
    rounds = rounds or (3 if rig.quick else 9)
    took: dict[str, list[float]] = {"large": [], "small": [], "issue": [], "bare": []}
    sizes: dict[str, int] = {}
    with (
        installation(configured(rig.folder), name=NAME) as opened,
        Office(opened) as office,
    ):
        office.bring_up()
        builder = Builder(office)
        cases = {"large": builder.case(workers), "small": builder.case(3)}
        office.bring_up()
        made, papers = documents(office), {}
        for name, case in cases.items():
            begin = perf_counter()
            papers[name] = made.issue(case, [AGREEMENT], stamp=builder.stamp()).documents[0]
            took["issue"].append(perf_counter() - begin)
        for _ in range(rounds):
            for name, case in cases.items():
                begin = perf_counter()
                paper = made.render(case, papers[name])
                took[name].append(perf_counter() - begin)
                sizes[name] = len(paper.content)
                if not paper.same:
                    raise ValueError("A paper of the bench came out with other bytes.")
            begin = perf_counter()
            engine.pdf(PLAIN)
            took["bare"].append(perf_counter() - begin)
    many = f"{workers} workers"
    rig.report.add(
        Figure(
            "papers",
            f"agreement of {many} as PDF",
            median(took["large"]),
            "s",
            SLOWEST,
            "less",
            f"{sizes['large'] / 1024:,.0f} kB; slowest {max(took['large']):.2f} s",
        ),
        Figure("papers", f"issued, {many}", took["issue"][0], "s", SLOWEST, "less"),
        Figure("papers", "agreement of 3 workers as PDF", median(took["small"]), "s"),
        Figure(
            "papers",
            f"{many} / a page with one line",
            ratio(zip(took["large"], took["bare"], strict=True)),
        ),
    )
