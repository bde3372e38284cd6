"""Which body? 路径判断: a few questions decide whether it is a labour dispute (domain.md 3.2).

The answer names the body, says why with the statute, and what follows: whether an arbitration
clock runs, and which kind of claim fits. It advises; the person at the counter decides.
"""

from typing import NamedTuple

from domain.kernel import N_

HERE = "mediation"
NO_RELATION = "C14"


class Reason(NamedTuple):
    """One sentence of the advice with its basis."""

    text: str
    statute: str


class Route(NamedTuple):
    """The advice: handled here or not, the body, why, the fitting claim, whether DL-08 runs.

    `refusal` is the code of the reason with which an application would not be accepted.
    """

    body: str
    reasons: tuple[Reason, ...]
    claim: str = ""
    arbitration: bool = True
    refusal: str = ""

    @property
    def here(self) -> bool:
        """Whether this office goes on with it."""
        return not self.refusal


FIRST = N_("属于劳动争议，可以在这里调解，也可以直接申请仲裁。")
PAY = N_("拖欠工资也可以向劳动保障监察投诉。")
PIECES = N_("没有劳动关系的计件或劳务报酬，按人民调解办理，不适用仲裁时效。")
PLATFORM = N_("平台用工先看是否受平台管理：受管理的按劳动争议办理，否则按劳务报酬办理。")
RETIRED = N_("退休返聘不能因此不受理：2025年9月1日起原司法解释第32条第1款已废止。")
CONTRACTOR = N_("违法分包、挂靠的，总包或出借资质的单位也要承担，请一并列为被申请人。")
DOMESTIC = N_("家庭雇佣、个体工匠与学徒、农户与帮工之间不是劳动争议，请到人民调解或法院。")
AGENCY = N_("不服社会保险经办机构的决定不是劳动争议，请申请行政复议或起诉。")
GRADE = N_("不服工伤认定请申请行政复议，不服鉴定结论请申请再次鉴定，不是劳动争议。")
GONE = N_("已在仲裁或法院办理，请在原程序中处理。")
MEDIATED = N_("其他组织正在调解，请先与该组织联系，避免重复办理。")
COMPLAINED = N_("已向监察投诉的，请说明是否先由监察处理；调解不影响投诉。")
PETITION = N_("信访反映的事项应导入本程序办理，并按期告知信访人。")


def check_route(*, relation: str, matter: str, elsewhere: str, channel: str = "") -> Route:
    """Say which body is right, and why; basis: 调解仲裁法 2, 法释〔2020〕26号 2."""
    if matter == "agency":
        return _away(
            "administrative_review", "no_relation", Reason(AGENCY, "法释〔2020〕26号 2(4)")
        )
    if matter == "grade":
        return _away("administrative_review", "no_relation", Reason(GRADE, "法释〔2020〕26号 2(3)"))
    if relation == "domestic":
        why = Reason(DOMESTIC, "法释〔2020〕26号 2(2)(5)(6)")
        return _away("people_mediation", "no_relation", why)
    if elsewhere in {"arbitration", "court"}:
        return _away(elsewhere, "elsewhere", Reason(GONE, "劳动保障监察条例 21(2)"))
    notes = _notes(elsewhere, channel)
    if relation == "piecework":
        reasons = (Reason(PIECES, "民法典 合同编；人民调解法"), *notes)
        return Route("people_mediation", reasons, claim=NO_RELATION, arbitration=False)
    first = [Reason(FIRST, "劳动争议调解仲裁法 2、5、10")]
    if relation == "platform":
        first = [Reason(PLATFORM, "人社部发〔2021〕56号")]
    if relation == "retired":
        first.append(Reason(RETIRED, "劳动争议司法解释（二） 21"))
    if relation == "contractor":
        first.append(Reason(CONTRACTOR, "劳动争议司法解释（二） 1、2；农民工条例 30、36"))
    if matter == "pay":
        first.append(Reason(PAY, "劳动争议调解仲裁法 9；劳动保障监察条例 11"))
    return Route(HERE, (*first, *notes))


def _away(body: str, refusal: str, why: Reason) -> Route:
    return Route(body, (why,), arbitration=False, refusal=refusal)


def _notes(elsewhere: str, channel: str) -> tuple[Reason, ...]:
    """Add what another procedure and the way in ask for."""
    notes = []
    if elsewhere == "mediation":
        notes.append(Reason(MEDIATED, "信访工作条例 19(3)"))
    if elsewhere == "inspection":
        notes.append(Reason(COMPLAINED, "劳动保障监察条例 21(2)"))
    if channel == "petition":
        notes.append(Reason(PETITION, "信访工作条例 31(2)"))
    return tuple(notes)
