"""Lines of text in one string, searched at the speed of the machine rather than line by line.

A hundred thousand names are one text of half a megabyte, and finding a piece in it is one call
(ADR 0024 has what was measured). One wrong, missing,
superfluous or swapped character leaves one half of what is wanted intact, or swaps the two
characters at the middle: so both halves are looked for, and the rest of the line is compared.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

END = "\n"


class Flat:
    """Lines with the number of what each one belongs to."""

    def __init__(self, lines: Iterable[tuple[str, int]]) -> None:
        """Put the lines together; an owner may have several."""
        pieces, starts, owners, at = [], array("L"), array("L"), 1
        for text, owner in lines:
            pieces.append(text)
            starts.append(at)
            owners.append(owner)
            at += len(text) + 1
        self._text = f"{END}{END.join(pieces)}{END}"
        self._starts, self._owners = starts, owners

    def whole(self, wanted: str) -> Iterator[int]:
        """Give the owners of lines that are what is wanted."""
        return self._owned(f"{END}{wanted}{END}")

    def begins(self, wanted: str) -> Iterator[int]:
        """Give the owners of lines that begin with it."""
        return self._owned(f"{END}{wanted}")

    def holds(self, wanted: str) -> Iterator[int]:
        """Give the owners of lines that hold it anywhere."""
        return self._owned(wanted)

    def near(self, wanted: str) -> Iterator[int]:
        """Give the owners of lines that hold it but for one character, from three characters on."""
        half = len(wanted) // 2
        left, right = wanted[:half], wanted[half:]
        for at, line in self._places(left):
            if _within(right, self._from(line, at + half)):
                yield self._owners[line]
        for at, line in self._places(right):
            if _within(left[::-1], self._text[self._starts[line] : at][::-1]):
                yield self._owners[line]
        swapped = wanted[: half - 1] + wanted[half] + wanted[half - 1] + wanted[half + 1 :]
        yield from self.holds(swapped)

    def framed(self, first: str, last: str) -> Iterator[int]:
        """Give the owners of lines of three characters that begin and end so: one was left out."""
        for at, line in self._places(f"{END}{first}"):
            if self._text[at + 3 : at + 5] == f"{last}{END}":
                yield self._owners[line]

    def _owned(self, piece: str) -> Iterator[int]:
        for _, line in self._places(piece):
            yield self._owners[line]

    def _places(self, piece: str) -> Iterator[tuple[int, int]]:
        """Give each place of a piece in the text, with the number of its line."""
        find, starts = self._text.find, self._starts
        at = find(piece)
        while at >= 0:
            yield at, bisect_right(starts, at + (piece[0] == END)) - 1
            at = find(piece, at + 1)

    def _from(self, line: int, at: int) -> str:
        """Give the rest of a line from a place on."""
        following = line + 1
        end = self._starts[following] - 1 if following < len(self._starts) else len(self._text) - 1
        return self._text[at:end]


def _within(wanted: str, text: str) -> bool:
    """Say whether a text begins with what is wanted but for one character at the most."""
    size = min(len(wanted), len(text))
    at = next((n for n in range(size) if wanted[n] != text[n]), size)
    if at == len(wanted):
        return True
    rest = wanted[at + 1 :]
    return (
        text[at + 1 :].startswith(rest)  # another character
        or text[at + 1 :].startswith(wanted[at:])  # one was left out
        or text[at:].startswith(rest)  # one too many
        or (
            text[at : at + 2] == wanted[at : at + 2][::-1]  # two were swapped
            and text[at + 2 :].startswith(wanted[at + 2 :])
        )
    )
