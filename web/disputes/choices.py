"""What a dispute offers to choose from where names are needed: workers, parties, claims."""

from collections.abc import Callable, Sequence
from datetime import date

from application.store import Store, Who
from domain.codes_dispute import CLAIMS
from domain.dispute import DisputeCase
from web import texts
from web.case_page import in_full
from web.disputes.figures import TRACKS
from web.money import money
from web.parts import Directory, People

KINDS = frozenset({"worker", "party", "claim"})


class DisputeChoices:
    """Offers for the kinds of `KINDS`; names as the reader may see them (decision 25)."""

    def __init__(
        self, store: Store, people: People, directory: Directory, today: Callable[[], date]
    ) -> None:
        """Take the store, who shows names, and the clock."""
        self._store, self._people = store, people
        self._directory, self._today = directory, today

    def options(
        self, kind: str, *, who: Who, case: str, state: object = None
    ) -> Sequence[tuple[str, str]]:
        """Give (value, label) pairs of a case; nothing for another kind or a new case."""
        if kind not in KINDS or not case.startswith("dispute"):
            return ()
        if not isinstance(state, DisputeCase):
            state = self._store.load(DisputeCase, case)
        full = in_full(who, state)
        shown = self._people.names(state.workers, full=lambda _one: full, on=self._today())
        names = {one: f"{view.name} {view.last4}".strip() for one, view in shown.items()}
        if kind == "claim":
            return [
                (
                    str(claim.no),
                    " ".join(
                        (
                            str(claim.no),
                            names[claim.worker],
                            texts.label(CLAIMS[claim.code]),
                            money(claim.claimed),
                        )
                    ),
                )
                for claim in state.claims.values()
            ]
        workers = [(one, names[one]) for one in state.workers]
        if kind == "worker":
            return [(one, f"{name} · {_stands(state, one)}") for one, name in workers]
        representatives = [pair for pair in workers if pair[0] in state.representatives]
        others = [pair for pair in workers if pair[0] not in state.representatives]
        employers = [(one, self._directory.employer(one)) for one in state.respondents]
        return [*employers, *representatives, *others]


def _stands(state: DisputeCase, worker: str) -> str:
    """Say where a worker stands, so that who is chosen fits what is asked."""
    return texts.translate(TRACKS[state.workers[worker].track].word)
