"""Fills in the form of any act as somebody at the counter would, from what the act declares.

`Filler.fill(act, …)` gives values for every required field; what the site refuses at a field is
tried again with the field's next candidate. So every act that a case can take is reached without
a script of its own.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from httpx2 import Response

from domain.kernel import Refused
from projections.ranges import CURRENT
from tests.security.conftest import Whole
from tests.wired import TODAY
from web.acts import LOOKED_UP, Act, Desk, Field

TRIES = 16
_TOLD = re.compile(r'href="#f-([a-z_]+)"')
PLAIN = {
    "date": [
        TODAY.isoformat(),
        "2026-04-15",
        "2026-05-20",
        "2026-04-20",
        "2026-07-16",
        "2027-04-16",
        "2026-03-02",
    ],
    "month": ["2026-03", "2026-02", "2026-01"],
    "money": ["100.00", "1.00", "8960.00", "0"],
    "int": ["1", "2", "30", "2024"],
    "longtext": ["已经办理", "09:00", "2026-04-20"],
    "bool": ["1", ""],
}


class Filler:
    """Values for the fields of an act, and their next candidates."""

    def __init__(self, whole: Whole, words: str = "试填", *, free: str = "") -> None:
        self.whole, self._words, self._free = whole, words, free
        self._people = iter(whole.stock.fresh)

    def candidates(self, desk: Desk, field: Field, case: str, state: Any) -> list[Any]:
        """Give what may be typed or chosen, likely values first."""
        if field.kind == "table":
            return [self._line(desk, field, case, state)]
        if field.kind in LOOKED_UP:
            offered = [code for code, _ in self._offered(field, case, state)]
            return [[code] for code in offered] if field.many else offered
        if field.kind == "code":
            codes = list(field.choices or {})
            return [[code] for code in codes] if field.many else codes
        if field.kind == "longtext" and self._free:
            return [self._free]
        if field.kind in PLAIN:
            return PLAIN[field.kind]
        texts, hint = self._texts(), field.hint
        first = [text for text in texts if ("证件" in hint and " 4499" in text)
                 or ("信用代码" in hint and " 9" in text)]  # fmt: skip
        return [*first, *texts]

    def _texts(self) -> list[str]:
        """Give texts that fields of several kinds take: words, a party, a number, a day, a hash."""
        someone = next(self._people, self.whole.stock.known)
        firm = self.whole.stock.firm
        unique = uuid.uuid4().hex[:8]
        return [
            self._words,
            f"{someone.name} {someone.id_no}",
            f"{firm.name} {firm.credit_code}",
            "1",
            "2026-04-20",
            "09:00",
            "10:00",
            "0" * 56 + unique,
            f"{self._words}{unique}",
            "2026-01、2026-02、2026-03",
        ]

    def _offered(self, field: Field, case: str, state: Any) -> list[tuple[str, str]]:
        own = self.whole.parts
        if field.of:
            return list(field.of(state, own.directory))
        who = self.whole.stock.places.who("manager")
        return list(own.choices.options(field.kind, who=who, case=case))

    def _line(self, desk: Desk, field: Field, case: str, state: Any) -> str:
        cells = [
            str(next(iter(self.candidates(desk, column, case, state)), ""))
            for column in field.columns
            if column.required
        ]
        return "\t".join(cells)

    def tries(self, desk: Desk, act: Act, case: str, state: Any) -> Iterator["Trial"]:
        """Give fillings to be tried, each told what was wrong with the one before."""
        options = {
            field.name: found
            for field in act.fields
            if (found := self.candidates(desk, field, case, state))
        }
        wanted = {field.name for field in act.fields if field.required}
        trial = Trial(options, {name: 0 for name in options if name in wanted})
        for _ in range(TRIES):
            yield trial
            if not trial.moved:
                return
            trial.moved = False


class Trial:
    """One filling of a form; `learn` moves on the field that was refused."""

    def __init__(self, options: dict[str, list[Any]], at: dict[str, int]) -> None:
        self.options, self.at, self.moved = options, at, False

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.options[name][n] for name, n in self.at.items()}

    def learn(self, answer: Response) -> None:
        for name in _TOLD.findall(answer.text):
            following = self.at.get(name, -1) + 1
            if name in self.options and following < len(self.options[name]):
                self.at[name] = following
                self.moved = True
                return


# What ends or hands over a case comes when everything else was tried.
LAST = frozenset(
    {
        *("not_accept", "transfer_out", "offer_transfer", "withdraw_claimant", "fail_mediation"),
        *("cancel_class", "cancel_session", "suspend", "place_hold", "withdraw", "deactivate"),
        *("recuse_mediator", "unassign_mediator", "unassign", "cancel_unemployment"),
        *("void_fact", "void_agreement", "merge", "close"),
    }
)


def ordered(desk: Desk) -> list[Act]:
    """Give the acts of a desk, those that end things last."""
    return sorted(desk.acts, key=lambda act: act.verb in LAST)


def streams(whole: Whole, desk: Desk, most: int) -> list[str]:
    """Give some streams of a desk: our own case first, then what the office holds."""
    own = [whole.cases[desk.kind]] if desk.kind in whole.cases else []
    if own:
        with whole.database.pools.reader.connection() as conn:
            rows = conn.execute(
                f"SELECT case_id FROM wall.caseload WHERE kind = %s AND {CURRENT} ORDER BY case_id",
                [desk.stream],
            ).fetchall()
        return list(dict.fromkeys([*own, *(row[0] for row in rows)]))[:most]
    entries = whole.office.entries.of_kind(desk.stream, limit=most)
    return [entry.stream for entry in entries]


def place_of(desk: Desk, act: Act, stream: str) -> str:
    return f"/{desk.kind}/{'new' if act.begins else stream}/{act.verb}"


def state_of(whole: Whole, desk: Desk, act: Act, stream: str) -> Any:
    return desk.aggregate() if act.begins else whole.office.store.load(desk.aggregate, stream)


def can(state: Any, act: Act) -> bool:
    """Say whether the state lets an act be done."""
    if act.begins:
        return True
    refused: Refused | None = state.why_not(act.verb)
    return refused is None


Send = Callable[[str, dict[str, Any]], Response]


def sent(filler: Filler, desk: Desk, act: Act, stream: str, send: Send) -> Response | None:
    """Send the form of an act until the site takes it; None where the case does not take it now."""
    state = state_of(filler.whole, desk, act, stream)
    if not can(state, act):
        return None
    answer = None
    for trial in filler.tries(desk, act, "new" if act.begins else stream, state):
        command = {"command_id": str(uuid.uuid4()), "occurred_on": TODAY.isoformat()}
        answer = send(place_of(desk, act, stream), trial.values | command)
        if answer.status_code != 409:
            break
        trial.learn(answer)
    return answer


def walk(
    filler: Filler, send: Callable[[Desk, Act], Send], *, turns: int, most: int = 4
) -> Iterator[tuple[Desk, Act, str, Response]]:
    """Do every act that some case takes, once each; several turns, as one act opens others."""
    whole = filler.whole
    done: set[tuple[str, str]] = set()
    for _ in range(turns):
        for desk in whole.desks.values():
            for act in ordered(desk):
                if (desk.kind, act.verb) in done:
                    continue
                for stream in streams(whole, desk, most):
                    answer = sent(filler, desk, act, stream, send(desk, act))
                    if answer is not None and answer.status_code != 409:
                        done.add((desk.kind, act.verb))
                        yield desk, act, stream, answer
                        break
        whole.catch_up()
