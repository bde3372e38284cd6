"""`yizhan replay`: the state of a case as it was."""

from datetime import date
from typing import Annotated, Any

import msgspec
import typer

from domain.catalogue import aggregates
from domain.kernel import Aggregate, Recorded, Sealed, to_plain
from yizhan.clock import CHINA
from yizhan.configuration import read_configuration
from yizhan.installation import installation
from yizhan.terminal import WRONG_USE, answer, fail, out, table
from yizhan.wiring import Office


def replay(
    case: Annotated[str, typer.Argument(help="A case by its number or stream id.")],
    at: Annotated[
        str, typer.Option(help="A number of events, or a day (as known then); default: now.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Fold a case up to an event or a day, and print its history. Sealed values stay sealed."""
    with installation(read_configuration()) as opened, Office(opened) as office:
        stream = find(office, case)
        history = cut(office.reader.history(stream), at)
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
        out.print(f"[bold]{getattr(state, 'case_no', '') or stream}[/]: {state.standing}")
        rows = [
            [
                str(recorded.version),
                recorded.event.TOPIC,
                str(recorded.occurred_on),
                recorded.recorded_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"),
                recorded.actor,
                str(recorded.position),
            ]
            for recorded in history
        ]
        table("History", ["no.", "fact", "happened", "recorded", "by", "position"], rows)

    answer(result, as_json=as_json, show=show)


def find(office: Office, case: str) -> str:
    """Give the stream of a case number, or the stream id itself."""
    if case.partition("-")[0] in aggregates():
        return case
    office.bring_up()
    found = office.caseload.numbered(case, 2)
    if len(found) != 1:
        known = "no case" if not found else "several cases"
        raise fail(f"There are {known} with the number {case}.", code=WRONG_USE)
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
            shown[name] = _plain(value)
    return shown


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
