"""The time limits of domain.md 3.7 as data: one row a rule, with unit, length and statute.

Start and end are topics of the catalogue without `dispute.`; a step or result of a procedure
elsewhere is written `external_step_recorded:arbitration:served`. What needs more than one start
and one end (instalments, limitation) stands in `deadlines.py`.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import msgspec

from domain.calendar import Due, Unit, WorkCalendar
from domain.kernel import N_


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: id, Chinese name, length and unit, what starts and ends it, the statute.

    `start_on` names the field of the starting fact that holds the day (empty: the fact's own
    day); `extended_by` the procedure whose extension adds to the raw length; `channel` narrows
    an intake; `pauses` is true for DL-03 and local promises only, as is `until_nobody_waits`:
    the clock runs on while a claimant has neither agreement nor failure.
    """

    id: str
    name: str
    start: str
    length: int
    unit: Unit
    ends: tuple[str, ...]
    statute: str
    start_on: str = ""
    extended_by: str = ""
    channel: str = ""
    pauses: bool = False
    until_nobody_waits: bool = False

    def due(
        self, start: date, calendar: WorkCalendar, *, extension: int = 0, paused: int = 0
    ) -> Due:
        """Compute the last day; an extension is added to the raw length, never to the result."""
        return calendar.due(start, self.length + extension, self.unit, paused=paused)


RESULT = "external_result_recorded"
STEP = "external_step_recorded"

REVIEW = Rule(
    id="DL-04",
    name=N_("申请仲裁审查期限"),
    start="agreement_signed",
    length=15,
    unit=Unit.CALENDAR,
    ends=("arbitration_review_applied",),
    statute="办案规则 74",
)
CONFIRMATION = Rule(
    id="DL-05",
    name=N_("申请司法确认期限"),
    start="agreement_signed",
    length=30,
    unit=Unit.CALENDAR,
    ends=("judicial_confirmation_applied",),
    statute="民诉法 205；人民调解法 33",
)

RULES: tuple[Rule, ...] = (
    Rule(
        id="DL-01",
        name=N_("受理决定期限"),
        start="application_received",
        length=3,
        unit=Unit.WORKING,
        ends=(
            "accepted",
            "not_accepted",
            "transferred_out",
        ),
        statute="人社部令17号",
    ),
    Rule(
        id="DL-02",
        name=N_("告知对方不同意调解期限"),
        start="respondent_consent_recorded:False",
        length=3,
        unit=Unit.WORKING,
        ends=("refusal_notified",),
        statute="人社部令17号",
    ),
    Rule(
        id="DL-03",
        name=N_("调解期限"),
        start="application_received",
        length=15,
        unit=Unit.CALENDAR,
        ends=(
            "agreement_signed",
            "mediation_failed",
            "paid_immediately:True",
            "not_accepted",
            "transferred_out",
        ),
        statute="调解仲裁法 14(3)",
        extended_by="mediation",
        pauses=True,
        until_nobody_waits=True,
    ),
    REVIEW,
    CONFIRMATION,
    Rule(
        id="DL-05b-1",
        name=N_("法院决定是否受理司法确认"),
        start="judicial_confirmation_applied",
        length=3,
        unit=Unit.CALENDAR,
        ends=(
            f"{STEP}:judicial_confirmation:accepted",
            f"{RESULT}:judicial_confirmation",
        ),
        statute="法释〔2011〕5号 4",
    ),
    Rule(
        id="DL-05b-2",
        name=N_("法院作出司法确认"),
        start=f"{STEP}:judicial_confirmation:accepted",
        length=15,
        unit=Unit.CALENDAR,
        ends=(f"{RESULT}:judicial_confirmation",),
        statute="法释〔2011〕5号 5",
        extended_by="judicial_confirmation",
    ),
    Rule(
        id="DL-07b-1",
        name=N_("法院告知是否受理支付令"),
        start="payment_order_applied",
        length=5,
        unit=Unit.CALENDAR,
        ends=(
            f"{STEP}:payment_order:accepted",
            "payment_order_issued",
        ),
        statute="民诉法 226",
    ),
    Rule(
        id="DL-07b-2",
        name=N_("法院发出支付令"),
        start=f"{STEP}:payment_order:accepted",
        length=15,
        unit=Unit.CALENDAR,
        ends=("payment_order_issued",),
        statute="民诉法 227",
    ),
    Rule(
        id="DL-07b-3",
        name=N_("债务人清偿或提出异议"),
        start="payment_order_served",
        length=15,
        unit=Unit.CALENDAR,
        ends=("payment_order_objected",),
        statute="民诉法 227",
    ),
    Rule(
        id="DL-09-1",
        name=N_("仲裁委决定是否受理"),
        start="arbitration_filed",
        length=5,
        unit=Unit.WORKING,
        ends=(
            "arbitration_accepted",
            f"{STEP}:arbitration:accepted",
            f"{STEP}:arbitration:refused",
        ),
        statute="调解仲裁法 29",
    ),
    Rule(
        id="DL-09-2",
        name=N_("仲裁申请书送达"),
        start="arbitration_accepted",
        length=5,
        unit=Unit.WORKING,
        ends=(
            f"{STEP}:arbitration:served",
            f"{RESULT}:arbitration",
        ),
        statute="调解仲裁法 30",
    ),
    Rule(
        id="DL-09-3",
        name=N_("被申请人提交答辩"),
        start=f"{STEP}:arbitration:served",
        length=10,
        unit=Unit.WORKING,
        ends=(
            f"{STEP}:arbitration:defence_received",
            f"{RESULT}:arbitration",
        ),
        statute="调解仲裁法 30",
    ),
    Rule(
        id="DL-09-4",
        name=N_("答辩书转送申请人"),
        start=f"{STEP}:arbitration:defence_received",
        length=5,
        unit=Unit.WORKING,
        ends=(
            f"{STEP}:arbitration:forwarded",
            f"{RESULT}:arbitration",
        ),
        statute="调解仲裁法 30",
    ),
    Rule(
        id="DL-10",
        name=N_("仲裁裁决期限"),
        start="arbitration_accepted",
        length=45,
        unit=Unit.CALENDAR,
        ends=(f"{RESULT}:arbitration",),
        statute="调解仲裁法 43",
        extended_by="arbitration",
    ),
    Rule(
        id="DL-11",
        name=N_("不服裁决起诉期限"),
        start=f"{RESULT}:arbitration:awarded",
        length=15,
        unit=Unit.CALENDAR,
        ends=(
            f"{STEP}:court:accepted",
            f"{RESULT}:court",
            "award_paid",
        ),
        statute="调解仲裁法 48、50",
        start_on="received_on",
    ),
    Rule(
        id="DL-11b",
        name=N_("用人单位申请撤销终局裁决期限"),
        start=f"{RESULT}:arbitration:awarded:final",
        length=30,
        unit=Unit.CALENDAR,
        ends=(
            f"{STEP}:court:accepted",
            f"{RESULT}:court",
            "award_paid",
        ),
        statute="调解仲裁法 49",
        start_on="received_on",
    ),
    Rule(
        id="DL-12",
        name=N_("监察受理期限"),
        start="inspection_referred",
        length=5,
        unit=Unit.WORKING,
        ends=(
            "inspection_filed",
            f"{STEP}:inspection:refused",
            f"{RESULT}:inspection",
        ),
        statute="若干规定 18",
    ),
    Rule(
        id="DL-13",
        name=N_("监察调查期限"),
        start="inspection_filed",
        length=60,
        unit=Unit.WORKING,
        ends=(f"{RESULT}:inspection",),
        statute="监察条例 17",
        extended_by="inspection",
    ),
    Rule(
        id="DL-14",
        name=N_("监察查处时限"),
        start="inspection_referred",
        length=2,
        unit=Unit.YEAR,
        ends=("inspection_filed",),
        statute="监察条例 20",
        start_on="violation_ended_on",
    ),
    Rule(
        id="DL-15",
        name=N_("信访登记告知期限"),
        start="intake_recorded",
        length=15,
        unit=Unit.CALENDAR,
        ends=("reply_sent:registered",),
        statute="信访工作条例 22、23",
        channel="petition",
    ),
    Rule(
        id="DL-15b",
        name=N_("不属本机关信访事项异议期限"),
        start="intake_recorded",
        length=5,
        unit=Unit.WORKING,
        ends=(
            "transferred_out",
            "accepted",
            "not_accepted",
            "application_received",
        ),
        statute="信访工作条例 23(3)",
        channel="petition",
    ),
    Rule(
        id="DL-16",
        name=N_("信访办理期限"),
        start="accepted",
        length=60,
        unit=Unit.CALENDAR,
        ends=(
            "closed",
            "reply_sent:final",
            "transferred_out",
            "merged",
        ),
        statute="信访工作条例 34",
        extended_by="petition",
        channel="petition",
    ),
    Rule(
        id="DL-17",
        name=N_("信访复查复核申请期限"),
        start="reply_sent:final",
        length=30,
        unit=Unit.CALENDAR,
        ends=(f"{STEP}:petition:review_requested",),
        statute="信访工作条例 35、36",
        channel="petition",
    ),
    Rule(
        id="DL-18-1",
        name=N_("法律援助决定期限"),
        start="legal_aid_referred",
        length=7,
        unit=Unit.CALENDAR,
        ends=(
            "legal_aid_granted",
            f"{STEP}:legal_aid:refused",
        ),
        statute="法律援助法 43",
    ),
    Rule(
        id="DL-18-2",
        name=N_("法律援助指派律师期限"),
        start="legal_aid_granted",
        length=3,
        unit=Unit.CALENDAR,
        ends=(f"{STEP}:legal_aid:lawyer_assigned",),
        statute="法律援助法 43",
    ),
    Rule(
        id="DL-19",
        name=N_("申请执行期限"),
        start="agreement_signed",
        length=2,
        unit=Unit.YEAR,
        ends=("enforcement_sought",),
        statute="民诉法 250",
        start_on="perform_by",
    ),
    Rule(
        id="DL-21",
        name=N_("用人单位办理档案和社保转移期限"),
        start="employment_ended",
        length=15,
        unit=Unit.CALENDAR,
        ends=(),
        statute="劳动合同法 50",
        start_on="ended_on",
    ),
)
# Passing these takes a right away or gives one; nobody has missed a duty.
RIGHTS = frozenset({"DL-03", "DL-04", "DL-05", "DL-11", "DL-11b", "DL-14", "DL-17", "DL-19"})
BY_ID: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in RULES})


def promise(days: int) -> Rule:
    """Give the place's own promise, in working days: it runs beside DL-03 and never replaces it."""
    return Rule(
        id="LP-03",
        name=N_("本地承诺调解期限"),
        start="application_received",
        length=days,
        unit=Unit.WORKING,
        ends=BY_ID["DL-03"].ends,
        statute=N_("本地承诺"),
        pauses=True,
        until_nobody_waits=True,
    )
