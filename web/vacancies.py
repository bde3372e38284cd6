"""The desk of vacancies 岗位: draft, check on the spot, publish, pause, renew, withdraw."""

import re
from typing import Any

from application.vacancies import POST
from domain.codes import DISTRICTS, TRADES, table
from domain.kernel import N_, Refused
from domain.matching.hours import HOURS, shifts
from domain.money import Fen
from domain.vacancy import Vacancy
from domain.vacancy.facts import Drafted
from domain.vacancy.text import wage_in_force
from web import texts
from web.access import parts
from web.acts import Act, Field
from web.fact_tell import Teller
from web.money import fen

UNITS = table("""month | 月 | month
hour | 小时 | hour
piece | 件 | piece""")
HAZARDS = table("""underground | 井下 | underground
toxic | 有毒有害 | toxic
heavy | 特重体力 | very heavy
height | 高处作业 | at heights
explosive | 易燃易爆 | explosive
frequent_load | 频繁负重 | frequent loads""")
METHODS = table("""visit | 实地探岗 | visit
video | 视频探岗 | video
phone | 电话并核对材料 | phone and papers""")
FINDINGS = table("""as_described | 与岗位描述相符 | as described
pay_differs | 工资与描述不符 | pay differs
place_differs | 地点与描述不符 | place differs
work_differs | 工作内容与描述不符 | work differs
fee_asked | 发现收费或扣证 | fee or papers taken
not_found | 单位或岗位不存在 | not found
papers_seen | 已看营业执照和委托书 | licence and letter seen
people_seen | 已与在岗人员核对 | staff asked""")
WITHDRAWALS = table("""employer | 单位撤回 | by the employer
false_post | 虚假岗位 | false post
filled_elsewhere | 已另行招满 | filled elsewhere""")
COMPLAINTS = table("""false_post | 虚假岗位 | false post
charging | 违法收费 | unlawful charge
pay | 工资不符 | pay differs
other | 其他 | other""")
STATES = table("""draft | 草稿 | draft
submitted | 待核实 | to be checked
verified | 已核实 | checked
published | 已发布 | published
paused | 已暂停 | paused
filled | 已招满 | filled
expired | 已过期 | expired
rejected | 不予发布 | declined
withdrawn | 已撤下 | withdrawn""")
REVISED = table("""title | 岗位名称 | title
headcount | 人数 | headcount
conditions | 要求 | conditions
work | 工作内容 | work
place | 工作地点 | place
pay_from | 工资自 | pay from
pay_to | 工资至 | pay to
pay_unit | 计薪单位 | unit of pay
age_from | 最低年龄 | least age""")
FACTS = table("""drafted | 登记岗位 | drafted
submitted | 提交核实 | submitted
verified | 探岗核实 | checked
rejected | 不予发布 | declined
published | 发布 | published
paused | 暂停招聘 | paused
resumed | 恢复招聘 | resumed
renewed | 续期 | renewed
revised | 变更 | revised
seat_filled | 到岗一人 | seat filled
complaint_filed | 岗位投诉 | complaint filed
quick_matched | 日结对接 | matched for a day
withdrawn | 撤下 | withdrawn
record_corrected | 更正 | corrected
fact_voided | 作废 | voided""")
TELLER = Teller(
    facts=FACTS,
    labels={
        **{code: one.zh for code, one in REVISED.items()},
        "employer": N_("招聘单位"),
        "occupation": N_("工种"),
        "hours": N_("工作时间"),
        "valid_until": N_("有效期至"),
        "hazards": N_("危害因素"),
        "method": N_("方式"),
        "findings": N_("发现"),
        "reason": N_("原因"),
        "field": N_("哪一项"),
        "value": N_("改为"),
        "seeker": N_("求职案件"),
        "placement": N_("就业登记"),
        "summary": N_("内容"),
        "day": N_("日期"),
        "count": N_("人数"),
    },
    lists={
        "occupation": TRADES,
        "place": DISTRICTS,
        "pay_unit": UNITS,
        "hours": HOURS,
        "hazards": HAZARDS,
        "method": METHODS,
        "findings": FINDINGS,
        "field": REVISED,
        "withdrawn.reason": WITHDRAWALS,
        "complaint_filed.reason": COMPLAINTS,
    },
    kinds={"employer": "employer"},
    hidden=frozenset({"person", "external_id", "photo_sha256"}),
)


def photo(text: str) -> str:
    """Read the check sum of a photo (V-06)."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise Refused(rule="V-06", text=N_("校验值是64位十六进制数。"), field="photo_sha256")
    return text.lower()


def to_check(request: Any, state: Vacancy) -> list[str]:
    """Say what the person who checks has to look at, with the article (V-01 to V-03, V-08)."""
    terms = state.terms
    if terms is None:
        return []
    rows = parts(request).extra.get("minimum_wages")
    wage = wage_in_force(rows.rows(), terms.place, parts(request).today()) if rows else None
    return [
        f"{texts.say(one.text, **one.values)} ({texts.say(N_('规则 {rule}'), rule=one.rule)}, "
        f"{texts.translate(one.basis)})"
        for one in state.warnings(wage)
    ]


def drafted(_request: Any, _stamp: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Put the terms together; the fee, which must be none, is told apart (V-02)."""
    fee = values.pop("fee") or Fen(0)
    values["hours"] = (*values["hours"], *shift_words(values.pop("shifts")))
    return {"terms": Drafted(**values), "fee": fee}


def shift_words(text: str) -> tuple[str, ...]:
    """Part the shifts that were typed, and refuse what is no span of hours (V-00)."""
    words = tuple(word for word in re.split(r"[\s,，、;；]+", text.strip()) if word)
    for word in words:
        if not shifts([word]).spans:
            raise Refused(
                rule="V-00",
                text=N_("“{word}”不是一段上班时间，请写成 08:30-17:30。"),
                field="shifts",
                word=word,
            )
    return words


def revised(_request: Any, _stamp: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Read the new value as the term has it."""
    name, text = values["field"], values["value"]
    if name in {"pay_from", "pay_to"}:
        return values | {"value": fen(text, field="value")}
    if name in {"headcount", "age_from"} and text.isascii() and text.isdigit():
        return values | {"value": int(text)}
    return values


ACTS = (
    Act(
        "draft",
        N_("登记岗位"),
        (
            Field("employer", N_("招聘单位"), "employer"),
            Field("title", N_("岗位名称")),
            Field("occupation", N_("工种"), "code", TRADES),
            Field("headcount", N_("人数"), "int"),
            Field("work", N_("工作内容"), "longtext"),
            Field("conditions", N_("要求"), "longtext", required=False),
            Field("place", N_("工作地点"), "code", DISTRICTS),
            Field("pay_from", N_("工资自"), "money"),
            Field("pay_to", N_("工资至"), "money"),
            Field("pay_unit", N_("计薪单位"), "code", UNITS),
            Field("hours", N_("工作时间"), "code", HOURS, required=False, many=True),
            Field(
                "shifts",
                N_("上下班时间"),
                required=False,
                hint=N_("例如 08:30-17:30；几个班次用顿号隔开。匹配时按它比较。"),
            ),
            Field("age_from", N_("最低年龄"), "int", required=False, empty=16),
            Field("hazards", N_("危害因素"), "code", HAZARDS, required=False, many=True),
            Field("valid_until", N_("有效期至"), "date"),
            Field("fee", N_("向求职者收费"), "money", required=False, hint=N_("依法不得收费。")),
        ),
        N_("草稿提交、探岗核实后才能发布。"),
        POST,
        begins=True,
        prepare=drafted,
    ),
    Act("submit", N_("提交核实"), (), "", POST),
    Act(
        "verify",
        N_("探岗核实"),
        (
            Field("method", N_("方式"), "code", METHODS),
            Field("findings", N_("发现"), "code", FINDINGS, required=False, many=True),
            Field(
                "photo_sha256",
                N_("照片或录像的校验值"),
                required=False,
                hint=N_("SHA-256，64 位；照片本身存在档案里。"),
                make=photo,
            ),
        ),
        N_("超过复核天数须重新探岗。"),
        POST,
        foresee=to_check,
    ),
    Act("reject", N_("不予发布"), (Field("reason", N_("原因"), "longtext"),), "", POST),
    Act("publish", N_("发布"), (), N_("发布后即可推荐求职者。"), POST),
    Act("pause", N_("暂停招聘"), (Field("reason", N_("原因"), "longtext"),), "", POST),
    Act("resume", N_("恢复招聘"), (), "", POST),
    Act("renew", N_("续期"), (Field("valid_until", N_("有效期至"), "date"),), "", POST),
    Act(
        "revise",
        N_("变更岗位"),
        (Field("field", N_("哪一项"), "code", REVISED), Field("value", N_("改为"), "longtext")),
        N_("工资、地点、工作内容变更后须重新核实。"),
        POST,
        prepare=revised,
    ),
    Act(
        "file_complaint",
        N_("登记岗位投诉"),
        (
            Field("reason", N_("原因"), "code", COMPLAINTS),
            Field("summary", N_("内容"), "longtext"),
        ),
        "",
        POST,
    ),
    Act(
        "match_quickly",
        N_("日结对接"),
        (Field("day", N_("日期"), "date"), Field("count", N_("人数"), "int")),
        N_("只计人次，不占名额。"),
        POST,
    ),
    Act(
        "withdraw",
        N_("撤下岗位"),
        (Field("reason", N_("原因"), "code", WITHDRAWALS),),
        N_("撤下后不能恢复；虚假岗位的推荐须逐一中止。"),
        POST,
    ),
)
