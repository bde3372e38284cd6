"""The workbook of rows that were not taken: the user's columns, and why."""

import io
from collections.abc import Callable, Sequence

import xlsxwriter

from application.registers.importing import Problem
from domain.kernel import Refused

# A spreadsheet takes a cell that starts with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def escaped(value: object) -> str:
    """Write a cell as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def workbook(
    columns: Sequence[str],
    problems: Sequence[Problem],
    *,
    headings: Sequence[str],
    sentence: Callable[[Refused], str],
    words: Callable[[str], str],
) -> bytes:
    """Make an xlsx of the problem rows; every cell is a string.

    `headings` are the four columns added in front: row, status, rule, reason.
    """
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        for column, name in enumerate([*headings, *columns]):
            sheet.write_string(0, column, escaped(name))
        for line, problem in enumerate(problems, start=1):
            told = sentence(problem.refused)
            why = [str(problem.row), words(problem.status), problem.refused.rule, told]
            for column, cell in enumerate([*why, *problem.cells]):
                sheet.write_string(line, column, escaped(cell))
    return out.getvalue()
