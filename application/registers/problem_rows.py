"""The workbook of rows that were not taken: the user's columns, and why."""

import io
from collections.abc import Callable, Mapping, Sequence

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


def annotated(
    rows: Sequence[Sequence[object]], told: Mapping[int, str], *, head: int, heading: str
) -> bytes:
    """Give a user's table back as it came, with a last column that says what is wrong.

    `told` maps row numbers (from 1) to sentences; `heading` stands in row `head`. Every cell is
    a string, and none of them a formula.
    """
    width = max((len(row) for row in rows), default=0)
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet, marked = book.add_worksheet(), book.add_format({"bg_color": "#FDE2E2"})
        sheet.set_column(width, width, 60)
        for number, row in enumerate(rows, start=1):
            wrong = told.get(number, "")
            for column, cell in enumerate(row):
                sheet.write_string(number - 1, column, escaped(cell), marked if wrong else None)
            if number == head:
                sheet.write_string(number - 1, width, heading)
            elif wrong:
                sheet.write_string(number - 1, width, escaped(wrong), marked)
    return out.getvalue()
