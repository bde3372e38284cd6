"""Words for codes: states with icon and colour (experience.md 2.3), roles, time limits.

Status is icon + word + colour, never colour alone. `tone` is a CSS class of `.st` and `.tag`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from domain.codes import HARDSHIP_GROUPS, KEY_GROUPS, Code
from domain.codes_dispute import CLAIMS
from domain.kernel import N_


class Word(NamedTuple):
    """How a state looks: its word, its icon in the sprite, its tone (ok warn bad info off)."""

    word: str
    icon: str
    tone: str = ""


SEEKER: Mapping[str, Word] = {
    "LEAD": Word(N_("线索"), "s0", "off"),
    "REGISTERED": Word(N_("已登记"), "s1"),
    "ASSESSED": Word(N_("已评估"), "s2"),
    "IN_SERVICE": Word(N_("帮扶中"), "s3"),
    "PLACED": Word(N_("已就业(待回访)"), "s4"),
    "STABLE": Word(N_("稳定就业"), "s5", "ok"),
    "SUSPENDED": Word(N_("暂停"), "pause", "off"),
    "CLOSED": Word(N_("已退出"), "out", "off"),
}
DISPUTE: Mapping[str, Word] = {
    "INTAKE": Word(N_("来访"), "s0", "off"),
    "RECEIVED": Word(N_("已收件"), "s1"),
    "ACCEPTED": Word(N_("已受理"), "s1"),
    "ASSIGNED": Word(N_("已指派"), "s2"),
    "MEDIATING": Word(N_("调解中"), "s3"),
    "AGREED": Word(N_("已达成协议"), "seal"),
    "PERFORMING": Word(N_("履行中"), "s4"),
    "PERFORMED": Word(N_("履行完毕"), "s5", "ok"),
    "DEFAULTED": Word(N_("逾期未履行"), "alert", "bad"),
    "FAILED": Word(N_("调解不成"), "x", "off"),
    "ESCALATED": Word(N_("已转出"), "right"),
    "SUSPENDED": Word(N_("中止"), "pause", "off"),
    "CLOSED": Word(N_("已结案"), "check", "off"),
    "CLAIMED": Word(N_("已提出"), "s1"),
    "WITHDRAWN": Word(N_("已撤回"), "out", "off"),
    "PART_AGREED": Word(N_("部分达成"), "seal"),
}
STATES: Mapping[str, Mapping[str, Word]] = {"seeker": SEEKER, "dispute": DISPUTE}
ROLES: Mapping[str, str] = {
    "caseworker": N_("经办人"),
    "mediator": N_("调解员"),
    "station_manager": N_("站长"),
    "auditor": N_("审计员"),
    "admin": N_("管理员"),
    "informant": N_("网格员"),
}
# What a refusal may name by its code; the word of the seeker's side wins where both have one.
STATE_WORDS: Mapping[str, str] = {c: look.word for c, look in {**DISPUTE, **SEEKER}.items()}
WORDS: Mapping[str, str] = {
    **STATE_WORDS,
    **ROLES,
    "-": N_("尚未登记"),
    "queued": N_("待发"),
    "handed_over": N_("已交通道，未回执"),
    "delivered": N_("已送达"),
    "withdrawn": N_("已撤回"),
    "dry": N_("演练：未实际发送"),
    "active": N_("在用"),
    "inactive": N_("停用"),
}


def state_of(kind: str, code: str) -> Word:
    """Give the look of a state; an unknown code shows itself, so that nothing is hidden."""
    return STATES.get(kind, {}).get(code) or Word(code, "help", "off")


# What a list filters by: groups of people, claim codes, and what has no list of its own.
# The sensitive hardships are one code (decision 16).
TAGS: Mapping[str, str | Code] = {
    **KEY_GROUPS,
    **HARDSHIP_GROUPS,
    **CLAIMS,
    "hardship": N_("就业困难人员"),
    "collective": N_("集体争议"),
    "emergency": N_("重大集体争议"),
    "ordered": N_("已责令支付"),
    "crime": N_("达到欠薪入罪数额"),
}
