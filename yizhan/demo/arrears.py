"""Wages of a building site that come from every source, and arrears ordered to be paid in vain.

Both stand outside the half-year of story 10: they are told in 2026, on the desk of a colleague.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from domain.calendar import shipped
from domain.dispute import DisputeCase
from domain.dispute.values import Instalment
from yizhan.demo.course import Claimed, Course, claim_rows, lines_of
from yizhan.demo.jobs import employ
from yizhan.demo.people import Firm, Roster
from yizhan.demo.recoveries import Recoveries, yuan
from yizhan.demo.script import Script, at

INSPECTION, COURT = "鹤山市劳动保障监察大队", "鹤山市人民法院"
DUE = date(2026, 3, 16)
# Day, source and payer of what six workers of the site get; the seventh is paid by enforcement.
PAID = (
    (date(2026, 3, 10), "general_contractor", "contractor"),
    (date(2026, 3, 11), "builder", "builder"),
    (date(2026, 3, 12), "employer", "employer"),
    (date(2026, 3, 13), "wage_deposit", "employer"),
    (date(2026, 3, 16), "wage_account", "contractor"),
    (date(2026, 3, 16), "emergency_fund", "treasury"),
)


class Arrears:
    """Disputes of Hecheng about unpaid wages."""

    def __init__(self, script: Script, roster: Roster, recoveries: Recoveries) -> None:
        """Take where to write, whom to invent, and the desks."""
        self.script, self.roster, self.desk = script, roster, recoveries.desks[1]

    def _firm(self, name: str, day: date) -> Firm:
        firm = self.roster.firm("鹤山市", name, trade="building")
        employ(self.script, self.desk.intake, day, firm)
        return firm

    def _opened(
        self, label: str, day: date, firm: Firm, amounts: Sequence[int]
    ) -> tuple[Course, list[Claimed]]:
        """Take a case of some workers in."""
        claims = [
            Claimed(worker, yuan(amount), yuan(amount))
            for worker, amount in zip(self.roster.crowd(len(amounts)), amounts, strict=True)
        ]
        for claim in claims:
            self.script.open_file(self.desk.intake, at(day), claim.worker)
        course = Course(self.script, self.desk, label, at(day))
        summary = f"{len(claims)}名劳动者反映{firm.name}拖欠工资"
        course.open(at(day), "walk_in", summary, claim_rows(claims, "C01", day), firm.id)
        return course, claims

    def site(self) -> None:
        """Tell seven building workers: contractor, builder, deposit, account, fund, court."""
        day = date(2026, 2, 24)
        payers = {
            "employer": self._firm("鹤山市试筑建筑劳务有限公司", day),
            "contractor": self._firm("鹤山市试筑建设工程有限公司", day),
            "builder": self._firm("鹤山市试城置业有限公司", day),
            "treasury": self._firm("鹤山市欠薪应急周转金专户", day),
        }
        course, claims = self._opened("site", day, payers["employer"], [8_600] * 7)
        for role, label in (("general_contractor", "contractor"), ("builder", "builder")):
            course.do(
                self.desk.intake, at(day, 10),
                partial(DisputeCase.add_respondent, respondent=payers[label].id, role=role),
                "dispute.intake",
            )  # fmt: skip
        course.accept(at(date(2026, 2, 25), 10))
        people = [claim.worker.id for claim in claims]
        both = (*people, payers["employer"].id)
        met = course.meet(
            at(date(2026, 2, 25), 11), date(2026, 3, 2), both, "总包、建设单位到场，确认分包欠薪。"
        )
        plan = Instalment(no=1, due_on=DUE, method="bank", lines=lines_of(claims))
        course.agree(at(met, 18), both, [plan], "各方按协议付清，分包不付的由总包先行清偿")
        for number, (on, fund, payer) in enumerate(PAID, start=1):
            course.pay(at(on, 15), payers[payer].id, plan, fund=fund, line=number)
        self._enforced(course, both, plan, payers["employer"].id)

    def _enforced(
        self, course: Course, both: Sequence[str], plan: Instalment, employer: str
    ) -> None:
        """Confirm the agreement at court, and let the court collect what stayed open."""
        mediator, last = self.desk.mediator, len(PAID) + 1
        asked = date(2026, 3, 5)
        course.do(
            mediator, at(asked),
            lambda case: case.apply_confirmation(
                agreement=1, by=both, occurred_on=asked, calendar=shipped()
            ),
            "dispute.settle",
        )  # fmt: skip
        course.do(
            mediator, at(date(2026, 3, 13), 10),
            lambda case: case.record_result(
                procedure="judicial_confirmation", result="confirmed",
                workers=list(case.workers), final=True,
            ),
        )  # fmt: skip
        course.do(
            mediator, at(date(2026, 3, 17)),
            lambda case: case.record_default(
                agreement=1, instalment=1, occurred_on=date(2026, 3, 17)
            ),
            "dispute.settle",
        )  # fmt: skip
        course.do(
            mediator, at(date(2026, 3, 20)),
            lambda case: case.seek_enforcement(
                court=COURT, title="confirmation", workers=[both[last - 1]]
            ),
        )  # fmt: skip
        course.pay(at(date(2026, 4, 9), 15), employer, plan, fund="enforcement", line=last)
        course.do(
            mediator, at(date(2026, 4, 13)),
            lambda case: case.recover_advance(
                payment=len(PAID), amount=yuan(8_600), voucher_no="ZH-site-1"
            ),
            "dispute.settle",
        )  # fmt: skip
        course.close(at(date(2026, 4, 14), 16), "settled_performed")

    def ordered(self) -> None:
        """Tell two firms that labour inspection ordered to pay: one owes enough for a crime."""
        for label, day, told, amounts in (
            ("ordered12", date(2026, 3, 2), date(2026, 4, 3), [6_200] * 12),
            ("ordered2", date(2026, 3, 9), date(2026, 4, 10), [2_400] * 2),
        ):
            firm = self.roster.firm("鹤山市鹤城镇")
            employ(self.script, self.desk.intake, day, firm)
            course, _ = self._opened(label, day, firm, amounts)
            course.accept(at(date(2026, 3, 11), 10))
            self._to_inspection(course, told)

    def many(self) -> None:
        """Tell eleven workers of one workshop who came two days ago: collective, and no more."""
        day = date(2026, 4, 14)
        firm = self.roster.firm("鹤山市鹤城镇")
        employ(self.script, self.desk.intake, day, firm)
        course, _ = self._opened("eleven", day, firm, [3_600] * 11)
        course.accept(at(date(2026, 4, 15), 10))

    def _to_inspection(self, course: Course, told: date) -> None:
        """Let labour inspection take a case over and order the firm to pay; nothing comes."""
        mediator = self.desk.mediator
        course.do(
            mediator, at(date(2026, 3, 13)),
            lambda case: case.refer_inspection(
                workers=list(case.workers), body=INSPECTION, takes_over=True
            ),
        )  # fmt: skip
        course.do(
            mediator, at(date(2026, 3, 16)),
            lambda case: case.file_inspection(ref_no=f"鹤山人社监立〔2026〕{course.label[7:]}号"),
        )  # fmt: skip
        course.do(
            mediator, at(told, 16),
            lambda case: case.record_result(
                procedure="inspection", result="ordered_to_pay",
                workers=list(case.workers), final=True,
            ),
        )  # fmt: skip


def arrears(script: Script, roster: Roster, recoveries: Recoveries) -> None:
    """Tell what shows every source of money and every alarm on the day of the demo."""
    told = Arrears(script, roster, recoveries)
    told.site()
    told.ordered()
    told.many()
