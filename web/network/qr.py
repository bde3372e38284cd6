"""A QR code as one SVG path: an address that is public anyhow, never a code or a person."""

from typing import NamedTuple

import segno


class Qr(NamedTuple):
    """The side in modules, quiet zone included, and the dark modules as a path."""

    side: int
    path: str


def qr(address: str) -> Qr:
    """Draw an address with a quiet zone of two modules."""
    made = segno.make(address, error="m", micro=False)
    runs: list[str] = []
    for y, row in enumerate(made.matrix):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                runs.append(f"M{x + 2} {y + 2}h{end - x}v1h-{end - x}z")
            x = max(end, x + 1)
    return Qr(len(made.matrix) + 4, "".join(runs))
