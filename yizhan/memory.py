"""How often a process of ours looks for garbage in cycles."""

import gc

SELDOM = (
    50_000  # objects made since the last look; Python's own 700 costs a fold a third of its time
)


def collect_seldom() -> None:
    """Look for cycles seldom, and never among the modules loaded so far.

    Facts, rows and states make no cycles; they go when nobody names them any more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM, 20, 20)
