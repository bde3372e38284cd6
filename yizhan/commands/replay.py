"""`yizhan replay`: the state of a case as it was."""

import re
from datetime import date
from typing import Annotated, Any

import msgspec
import typer
from rich.markup import escape

from domain.catalogue import aggregates
from domain.dispute import DisputeCase
from domain.kernel import Aggregate, Recorded, Sealed, to_plain
from web import texts
from web.fact_words import FACTS
from web.money import money
from web.words import state_of
from yizhan.clock import CHINA
from yizhan.commands.reading import Demo, reading
from yizhan.terminal import WRONG_USE, answer, fail, out, table
from yizhan.wiring import Office


def replay(
    case: Annotated[str, typer.Argument(help="A case by its number or stream id.")],
    at: Annotated[
        str, typer.Option(help="A number of events, or a day (as known then); default: now.")
    ] = "",
    demo: Demo = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Fold a case up to an event or a day, and print its history. Sealed values stay sealed."""
    with reading(demo=demo) as office:
        stream = find(office, case)
        history = cut(office.reader.history(stream), at)
        names = staff_names(office, {recorded.actor for recorded in history})
    kind = aggregates()[stream.partition("-")[0]]
    state = kind().fold((r.event, r.occurred_on) for r in history)
    result = {
        "case": stream,
        "version": len(history),
        "state": state.standing,
        "fields": fields(state),
        "events": [event(recorded) for recorded in history],
    }

    def show() -> None:
        if not history:
            out.print(f"Nothing was recorded of {escape(case)} by {at}.", highlight=False)
            return
        number = getattr(state, "case_no", "") or stream
        out.print(f"[bold]{escape(number)}[/]: {standing(stream, state)}", highlight=False)
        if isinstance(state, DisputeCase):
            out.print(money_line(state), highlight=False)
        rows = [
            [
                str(recorded.version),
                recorded.event.TOPIC,
                means(recorded),
                str(recorded.occurred_on),
                recorded.recorded_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"),
                names[recorded.actor],
                str(recorded.position),
            ]
            for recorded in history
        ]
        columns = ["no.", "fact", "事实", "happened", "recorded", "by", "position"]
        table("History", columns, rows)

    answer(result, as_json=as_json, show=show)


def find(office: Office, case: str) -> str:
    """Give the stream of a case number, or the stream id itself."""
    if case.partition("-")[0] in aggregates():
        return case
    office.bring_up()
    found = office.caseload.numbered(case, 2)
    if len(found) != 1:
        known = "is no case" if not found else "are several cases"
        raise fail(f"There {known} with the number {case}.", code=WRONG_USE)
    return found[0]


def cut(history: list[Recorded], at: str) -> list[Recorded]:
    """Keep the first events, or those recorded up to the end of a day."""
    if not history:
        raise fail("There is no such case.", code=WRONG_USE)
    if not at:
        return history
    if at.isdigit():
        return history[: int(at)]
    try:
        day = date.fromisoformat(at)
    except ValueError:
        raise fail(f"{at} is neither a number nor a day (2026-03-31).", code=WRONG_USE) from None
    return [r for r in history if r.recorded_at.astimezone(CHINA).date() <= day]


def standing(stream: str, state: Aggregate) -> str:
    """Write a state as its code and in both languages."""
    word = state_of(stream.partition("-")[0], state.standing).word
    english = texts.translate(word, "en")
    return " ".join(dict.fromkeys((state.standing, word, english)))


def staff_names(office: Office, accounts: set[str]) -> dict[str, str]:
    """Name who recorded facts; an account without a person keeps its id."""
    known, today = office.entries.known(accounts), office.clock.today()
    names = {}
    for one in accounts:
        name, person = known.get(one, ("", ""))
        view = office.sight.view(person, full=True, on=today) if person else None
        names[one] = (view.name if view else name) or one
    return names


def means(recorded: Recorded) -> str:
    """Name a fact in Chinese: as the pages of cases do, the others as the catalogue does."""
    kind, _, verb = recorded.event.TOPIC.partition(".")
    if kind in {"dispute", "seeker"} and verb in FACTS:
        return FACTS[verb].zh
    return re.split("[:.]", type(recorded.event).__doc__ or "")[0].strip()


def money_line(case: DisputeCase) -> str:
    """Sum a dispute up: its money, and where its claimants stand."""
    sums = case.totals
    amounts = (
        ("主张 claimed", sums.claimed),
        ("协议 agreed", sums.agreed),
        ("已付 paid", sums.paid),
        ("未付 outstanding", sums.outstanding),
        ("裁决款 award paid", sums.award_paid),
    )
    tracks = [f"{count} {track.value}" for track, count in case.tracks.items() if count]
    return "; ".join([*(f"{word} {money(int(amount))}" for word, amount in amounts), *tracks])


def event(recorded: Recorded) -> dict[str, Any]:
    """Give a fact with its envelope, personal values sealed as they are stored."""
    return {
        "version": recorded.version,
        "position": recorded.position,
        "topic": recorded.event.TOPIC,
        "occurred_on": recorded.occurred_on.isoformat(),
        "recorded_at": recorded.recorded_at.isoformat(),
        "actor": recorded.actor,
        "station": recorded.station,
        "command_id": recorded.command_id,
        "fact": _plain(recorded.event),
    }


def fields(state: Aggregate) -> dict[str, Any]:
    """Give the fields of a state that say something by themselves."""
    shown = {}
    for name, value in vars(state).items():
        if not name.startswith("_") and name != "history":
            shown[name] = _plain(_by_words(value) if isinstance(value, dict) else value)
    return shown


def _by_words(value: dict[Any, Any]) -> dict[Any, Any]:
    """Write keys of several parts as one: JSON knows words only."""
    return {"/".join(map(str, k)) if isinstance(k, tuple) else k: v for k, v in value.items()}


def _plain(value: object) -> Any:
    return msgspec.to_builtins(value, enc_hook=_closed, str_keys=True)


def _closed(value: object) -> object:
    if isinstance(value, Sealed):
        return "sealed"
    if hasattr(value, "__dict__"):
        return vars(value)
    if isinstance(value, frozenset | set):
        return sorted(value, key=str)
    try:
        return to_plain(value)
    except NotImplementedError:
        return str(value)
