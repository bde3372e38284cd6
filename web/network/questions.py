"""How a terminal asks: one question a page, in the words of the counter (6.9)."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from domain.codes import TRADES
from domain.identity import last_four, mask_phone
from domain.kernel import N_
from domain.matching.hours import HOURS
from domain.terminal import MATTERS as MATTER_CODES
from web import texts
from web.network.words import MATTERS, slot_words

Choice = tuple[str, str]


class Question(NamedTuple):
    """A question: what is asked, why, and how it is answered.

    `way` is chips (several), pick (one), pad (a number on the pad), secret (a number that is not
    shown), or text; `digits` is how many a whole number has.
    """

    ask: str
    short: str
    why: str
    way: str
    digits: int = 0
    skip: str = ""


PHONE_WHY = N_("只用来联系您。不会给单位，也不会显示在大屏上。")
ASKED: Mapping[str, Question] = {
    "trades": Question(N_("您想做什么？"), N_("工种"), N_("可以选几样。"), "chips"),
    "hours": Question(
        N_("什么时间能做？"),
        N_("时间"),
        N_("可以选几样，不选就是都可以。"),
        "chips",
        skip=N_("都可以"),
    ),
    "name": Question(N_("请输入您的姓名"), N_("姓名"), N_("只给本站工作人员看。"), "text"),
    "phone": Question(N_("请输入您的电话号码"), N_("电话"), PHONE_WHY, "pad", 11),
    "id_no": Question(
        N_("请输入身份证号码"),
        N_("证件号码"),
        N_("可以不填，办理时把身份证带到窗口就行。屏幕上不显示号码。"),
        "secret",
        18,
        N_("不填，下一步"),
    ),
    "employer": Question(
        N_("哪个单位或工地欠您的钱？"),
        N_("用人单位"),
        N_("写您平时怎么叫它，写不全也没关系。"),
        "text",
    ),
    "amount": Question(
        N_("大约欠多少元？"),
        N_("金额"),
        N_("不清楚可以不填，以后再算。"),
        "pad",
        0,
        N_("不清楚，下一步"),
    ),
    "matter": Question(N_("您要办什么事？"), N_("事项"), N_("选一项。"), "pick"),
    "slot": Question(N_("哪天来方便？"), N_("时间"), N_("工作人员会按这个时间等您。"), "pick"),
}
TITLES: Mapping[str, str] = {
    "job": N_("我要找工作"),
    "training": N_("我要培训"),
    "wages": N_("欠薪求助"),
    "appointment": N_("预约来访"),
    "ticket": N_("取号"),
    "call": N_("叫工作人员"),
}
AFTER: Mapping[str, str] = {
    "job": N_("工作人员会联系您。请记住这个号码，办理时带身份证。"),
    "training": N_("有合适的班，工作人员会联系您。请记住这个号码。"),
    "wages": N_("调解员会联系您。请记住这个号码，留好工资条、聊天记录和考勤。"),
    "appointment": N_("请按时来，报这个号码即可。"),
    "ticket": N_("请在大厅等候，大屏和窗口会叫这个号码。"),
    "call": N_("工作人员马上过来，请稍等。"),
}


def choices(question: str, slots: Sequence[str]) -> list[Choice]:
    """Give what can be chosen, in the language being spoken."""
    match question:
        case "trades":
            return [(code, texts.label(one)) for code, one in TRADES.items()]
        case "hours":
            return [(code, texts.label(one)) for code, one in HOURS.items()]
        case "matter":
            return [(code, texts.translate(MATTERS[code])) for code in MATTER_CODES]
        case "slot":
            return [(slot, slot_words(slot)) for slot in slots]
    return []


def told(question: str, answer: Any, slots: Sequence[str] = ()) -> str:
    """Write an answer for the page that is looked over: numbers of a person are masked."""
    if not answer:
        return texts.translate(ASKED[question].skip if question == "hours" else N_("未填"))
    match question:
        case "phone":
            return mask_phone(str(answer))
        case "id_no":
            return "**** " + last_four(str(answer))
        case "amount":
            return f"¥{int(answer):,}"
    words = dict(choices(question, [*slots, str(answer)] if question == "slot" else slots))
    given = (answer,) if isinstance(answer, str) else tuple(answer)
    return texts.translate(N_("、")).join(words.get(one, str(one)) for one in given)
