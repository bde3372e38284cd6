"""What a post may not say or pay: texts to look at, pay to refuse, work that is forbidden.

A list of words finds a text, a person decides about it (V-01, V-02); pay below the minimum wage is
refused where the table knows it (V-03); ages and forbidden work are refused (V-08).
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from domain.kernel import N_, Refused, Value
from domain.money import Fen

# 就业促进法 26-31, 条例 33: sex, ethnicity, religion, disability, infection, rural household.
DISCRIMINATING = (
    "限男",
    "限女",
    "只招男",
    "只招女",
    "男性优先",
    "女性优先",
    "男士优先",
    "女士优先",
    "不招女",
    "不要女",
    "未婚",
    "已育",
    "未育",
    "限汉族",
    "不招少数民族",
    "不信教",
    "无宗教",
    "残疾人勿",
    "不招残疾",
    "身体无残疾",
    "乙肝",
    "携带者",
    "限城镇户口",
    "非农业户口",
    "不招农村",
    "限本地人",
)
# 劳动合同法 84, 就业促进法 41(4), 条例 35(6): no fee, no deposit, no paper kept.
CHARGING = ("押金", "保证金", "收费", "报名费", "服装费", "培训费", "体检费自理", "扣证", "扣押")
# 未成年工特殊保护规定 3, 女职工禁忌从事的劳动范围 1 (verify): codes of the form's list.
FORBIDDEN_FOR_MINORS = frozenset({"underground", "toxic", "heavy", "height", "explosive"})
FORBIDDEN_FOR_WOMEN = frozenset({"underground", "heavy", "frequent_load"})
HAZARDS = FORBIDDEN_FOR_MINORS | FORBIDDEN_FOR_WOMEN

WORKING_AGE, ADULT = 16, 18
_AGE = re.compile(r"(\d{1,2})\s*(?:周岁|岁)")


# The articles behind the warnings; 条例 is 广东省人力资源市场条例.
BASES = {
    "V-01": N_("就业促进法第26至31条，人力资源市场条例第33条"),
    "V-02": N_("就业促进法第41条，人力资源市场条例第35条，劳动合同法第84条"),
    "V-03": N_("最低工资规定第12条"),
    "V-08": N_("劳动法第15条、第58至64条"),
}


class Warned(NamedTuple):
    """Something that a person has to look at before the post goes on: rule, sentence, values."""

    rule: str
    text: str
    values: dict[str, Value]

    @property
    def basis(self) -> str:
        """The article that the rule rests on."""
        return BASES[self.rule]

    @property
    def word(self) -> str:
        """The words of the text that it is about, or ""."""
        return str(self.values.get("word", ""))


class MinimumWage(NamedTuple):
    """One row of the table of minimum wages of a place (Q-08), in fen, with its days."""

    place: str
    monthly: Fen
    hourly: Fen
    from_on: date
    to_on: date | None = None
    demo: bool = False


def wage_in_force(rows: Iterable[MinimumWage], place: str, on: date) -> MinimumWage | None:
    """Find the row of a place on a day; a county falls under the row of its city."""
    city = place[:4] + "00"
    for name in (place, place[:6], city):
        for row in rows:
            if row.place == name and row.from_on <= on and (row.to_on is None or on <= row.to_on):
                return row
    return None


def check_pay(*, pay_from: Fen, pay_to: Fen, unit: str, wage: MinimumWage | None) -> None:
    """Refuse a span that is none, and pay below the minimum wage of the place (V-03)."""
    if pay_from <= 0:
        raise Refused(rule="V-03", text=N_("请填写基本工资。"), field="pay_from")
    if pay_to < pay_from:
        raise Refused(rule="V-03", text=N_("最高工资不能低于最低工资。"), field="pay_to")
    least = {"month": wage.monthly, "hour": wage.hourly}.get(unit) if wage else None
    if least is not None and pay_from < least:
        raise Refused(
            rule="V-03",
            text=N_("工资{pay}低于当地最低工资标准{least}。"),
            field="pay_from",
            pay=pay_from,
            least=least,
        )


def check_age(*, age_from: int, hazards: Iterable[str]) -> None:
    """Refuse a post for children, or forbidden work for young workers (劳动法 15, 58-64; V-08)."""
    if age_from < WORKING_AGE:
        raise Refused(rule="V-08", text=N_("不得招用未满16周岁的人。"), field="age_from")
    if age_from < ADULT and FORBIDDEN_FOR_MINORS & frozenset(hazards):
        raise Refused(
            rule="V-08",
            text=N_("该工种不得招用未满18周岁的人，请修改最低年龄。"),
            field="age_from",
        )


def check_fit(*, sex: str, age: int, age_from: int, hazards: Iterable[str]) -> None:
    """Refuse to send somebody to work that is forbidden for this person (V-08)."""
    check_age(age_from=min(age, age_from), hazards=() if age >= ADULT else hazards)
    if sex == "female" and FORBIDDEN_FOR_WOMEN & frozenset(hazards):
        raise Refused(rule="V-08", text=N_("该工种属于女职工禁忌从事的劳动。"))


def warnings(
    *, title: str, conditions: str, work: str, unit: str, wage: MinimumWage | None
) -> list[Warned]:
    """List what a person has to look at: words of V-01 and V-02, ages, and an unknown minimum."""
    said = f"{title}\n{conditions}\n{work}"
    found = [
        Warned("V-01", N_("“{word}”可能构成就业歧视，请人工核对。"), {"word": word})
        for word in DISCRIMINATING
        if word in said
    ]
    found += [
        Warned("V-02", N_("“{word}”可能涉及向求职者收费或扣押证件，请人工核对。"), {"word": word})
        for word in CHARGING
        if word in said
    ]
    found += [
        Warned("V-08", N_("文中写有{age}岁，不得招用未满16周岁的人，请人工核对。"), {"age": age})
        for age in sorted({int(age) for age in _AGE.findall(said)})
        if age < WORKING_AGE
    ]
    if wage is None or unit == "piece":
        found.append(Warned("V-03", N_("无法与最低工资标准比较，请人工核对工资。"), {}))
    return found


def marked(text: str, found: Iterable[Warned]) -> list[tuple[str, Warned | None]]:
    """Part a text at the words that were found, each with its warning, the rest with None."""
    by_word = {one.word: one for one in found if one.word}
    if not by_word:
        return [(text, None)] if text else []
    longest = sorted(by_word, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(word) for word in longest))
    parts: list[tuple[str, Warned | None]] = []
    at = 0
    for match in pattern.finditer(text):
        parts += [(text[at : match.start()], None), (match.group(), by_word[match.group()])]
        at = match.end()
    return [part for part in (*parts, (text[at:], None)) if part[0]]
