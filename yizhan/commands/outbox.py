"""`yizhan outbox`: how many messages stand where, and since when the oldest waits."""

from typing import Annotated

import typer

from domain.codes_message import STATES
from yizhan.commands.reading import Demo, reading
from yizhan.commands.stats import brought_up
from yizhan.terminal import answer, table


def outbox(
    demo: Demo = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Count the messages by state. Nothing is handed over: `serve` and `project` do that."""
    with reading(demo=demo) as office:
        position = brought_up(office)
        counts = office.messaging.outbox.totals()
        queue = office.messaging.outbox.queue(office.clock.now())
        adapters = {channel: one.name for channel, one in office.messaging.adapters.items()}
    result = {
        "position": position,
        "states": {state: counts.get(state, 0) for state in STATES},
        "oldest_due": queue.oldest.isoformat() if queue.oldest else None,
        "channels": adapters,
    }

    def show() -> None:
        rows = [[word.en, word.zh, f"{counts.get(state, 0):,}"] for state, word in STATES.items()]
        table("messages", ["state", "状态", "count"], rows)

    answer(result, as_json=as_json, show=show)
