"""The claims of a case as a workbook: a row a claim, sums below; every cell a value, no formula."""

import io
from collections.abc import Mapping

import xlsxwriter

from application.people.views import PersonView
from application.registers.problem_rows import escaped
from domain.codes_dispute import CLAIMS
from domain.dispute import DisputeCase
from domain.kernel import N_
from web import texts
from web.disputes.claim_table import basis_of
from web.disputes.figures import TRACKS

HEAD = (
    N_("序"),
    N_("劳动者"),
    N_("证件后四位"),
    N_("进度"),
    N_("请求"),
    N_("起"),
    N_("止"),
    N_("计算方式"),
    N_("主张额"),
    N_("认可额"),
    N_("协议额"),
    N_("已付"),
    N_("未付"),
    N_("裁决额"),
    N_("裁决款到账"),
)
TEXTS = 8  # columns before the first amount


def claim_sheet(state: DisputeCase, people: Mapping[str, PersonView]) -> bytes:
    """Write the workbook in the language of the page; amounts are numbers of yuan."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        total = book.add_format({"bold": True, "num_format": "#,##0.00", "top": 1})
        sheet.freeze_panes(1, 2)
        for column, word in enumerate(HEAD):
            sheet.write_string(0, column, texts.translate(word), bold)
        sums = [0] * (len(HEAD) - TEXTS)
        for line, claim in enumerate(state.claims.values(), start=1):
            view, record = people[claim.worker], state.workers[claim.worker]
            told = (
                str(claim.no),
                view.name,
                view.last4,
                texts.translate(TRACKS[record.track].word),
                texts.label(CLAIMS[claim.code]) if claim.code in CLAIMS else claim.code,
                claim.from_on.isoformat(),
                claim.to_on.isoformat(),
                basis_of(claim),
            )
            amounts = (
                claim.claimed,
                claim.verified,
                claim.agreed,
                claim.paid,
                claim.agreed - claim.settled,
                claim.awarded,
                claim.award_paid,
            )
            for column, cell in enumerate(told):
                sheet.write_string(line, column, escaped(cell))
            for column, amount in enumerate(amounts):
                sums[column] += amount
                sheet.write_number(line, TEXTS + column, amount / 100, money)
        last = len(state.claims) + 1
        sheet.write_string(last, 1, texts.translate(N_("合计")), bold)
        for column, amount in enumerate(sums):
            sheet.write_number(last, TEXTS + column, amount / 100, total)
    return out.getvalue()
