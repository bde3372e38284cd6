"""How figures are written: number, unit, change, definition, in the language of the page."""

from collections.abc import Mapping
from decimal import Decimal

from domain.codes import Code
from domain.kernel import N_
from projections.measuring import Measure
from projections.statistics import Figure
from web import texts
from web.money import money, yuan

UNITS: Mapping[str, str] = {
    "persons": N_("人"),
    "person_times": N_("人次"),
    "cases": N_("件"),
    "fen": N_("元"),
    "days": N_("天"),
    "percent": "%",
    "ratio": N_("倍"),
    "households": N_("户"),
    "vacancies": N_("条"),
    "posts": N_("人"),
    "employers": N_("家"),
    "claim_lines": N_("项"),
    "stations": N_("个"),
    "reports": N_("份"),
}
# What a fact of a kind is called in the list behind a figure.
FACT_KINDS: Mapping[str, str] = {
    "registered": N_("求职登记"),
    "referred": N_("岗位推荐"),
    "training_enrolled": N_("报名培训"),
    "training_completed": N_("结业"),
    "certificate": N_("取得证书"),
    "placement": N_("就业"),
    "retention": N_("稳岗到期"),
    "worked_share": N_("工作周占比"),
    "received": N_("收件"),
    "accepted": N_("受理"),
    "closed": N_("结案"),
    "reopened": N_("恢复办理"),
    "settled": N_("达成协议"),
    "claimed": N_("主张"),
    "verified": N_("核定"),
    "agreed": N_("协议金额"),
    "paid": N_("到账"),
    "award_paid": N_("裁决款到账"),
    "paid_emergency_fund": N_("周转金垫付"),
    "respondent": N_("被申请单位"),
    "classified": N_("原分类"),
    "vacancy": N_("岗位"),
    "vacancy_headcount": N_("岗位人数"),
    "matched": N_("对接成功"),
    "budget": N_("站点经费"),
    "in_service": N_("在册帮扶"),
    "service": N_("服务"),
    "standard": N_("服务标准到期"),
    "employment": N_("已核实就业"),
    "trained": N_("结业满180天"),
    "completion": N_("结业"),
    "sessions_attended": N_("实到课次"),
    "sessions_planned": N_("应到课次"),
    "hardship": N_("困难认定"),
    "exit": N_("退出帮扶"),
    "exit_wage": N_("退出后工资"),
    "skill_gain": N_("技能提升"),
    "satisfaction": N_("满意度"),
    "subsidy_applied": N_("补贴申请"),
    "subsidy_paid": N_("补贴发放"),
    "subsidy_refused": N_("不予补贴"),
    "subsidy_recovered": N_("补贴追回"),
    "zero_household": N_("零就业家庭"),
    "zero_cleared": N_("动态清零"),
    "footfall": N_("客流人次"),
    "consulted": N_("咨询指导"),
    "station": N_("站点增减"),
    "day_report": N_("驿站日报"),
    "signed_claim": N_("签约者的主张"),
    "advance_recovered": N_("周转金追回"),
    "profile": N_("案件概况"),
    "performed": N_("履行完毕"),
    "ended_signature": N_("了结(签协议)"),
    "ended_performance": N_("了结(履行完)"),
    "mediated": N_("调解有了结果"),
    "settled_outside": N_("案外调解成功"),
    "instalment": N_("分期到期"),
}
NOTHING = "—"
# Ways of counting, and what a row adds to the figure.
WAYS: Mapping[str, str] = {
    "facts": N_("逐条相加"),
    "rows": N_("逐条相加"),
    "sum": N_("金额相加"),
    "persons": N_("同一人只计一次"),
    "cases": N_("同一案件只计一次"),
    "employers": N_("同一单位只计一次"),
    "repeat_persons": N_("两件以上案件的人，每人计一"),
    "repeat_employers": N_("两件以上案件的单位，每家计一"),
    "net_persons": N_("合计大于零的人，每人计一"),
    "net_cases": N_("合计大于零的案件，每件计一"),
    "mean": N_("求平均"),
    "median": N_("取中位数"),
    "dim:lines": N_("各期人次相加"),
    "dim:lines_on_time": N_("各期按时付清的人次相加"),
    "dim:paid_on_time": N_("各期按时付到的金额相加"),
}


def name(declared: Measure) -> str:
    """Name a measure."""
    return texts.label(Code(declared.code, declared.zh, declared.en))


def definition(declared: Measure) -> str:
    """Give the definition of a measure."""
    return texts.label(Code(declared.code, declared.definition_zh, declared.definition_en))


def unit(code: str) -> str:
    """Name a unit; an amount brings its own sign."""
    return texts.say(UNITS[code])


def number(value: int | Decimal | None, unit_code: str = "") -> str:
    """Write a value of a unit exactly."""
    if value is None:
        return NOTHING
    if unit_code == "fen":
        return money(int(value))
    if unit_code == "percent":
        return f"{value:.1f} %"
    if unit_code == "ratio":
        return f"{value:.2f}"
    return f"{value:,}" if value == int(value) else f"{value:,.1f}"


def whole(figure: Figure) -> str:
    """Write a figure with its unit."""
    if figure.unit in {"fen", "percent"} or figure.value is None:
        return number(figure.value, figure.unit)
    return f"{number(figure.value, figure.unit)} {unit(figure.unit)}".strip()


def short(figure: Figure) -> tuple[str, str]:
    """Write a figure for a card: large sums in ten thousand yuan (Chinese) or million (English)."""
    if figure.unit != "fen" or figure.value is None:
        return number(figure.value, figure.unit), unit(figure.unit)
    fen = int(figure.value)
    if abs(fen) < 1_000_000:
        return yuan(fen), unit("fen")
    if texts.spoken() == "en":
        return f"{fen / 100_000_000:,.2f}", texts.say(N_("百万元"))
    return f"{fen / 1_000_000:,.2f}", texts.say(N_("万元"))


def change(now: Figure, before: Figure | None) -> str:
    """Write how a figure moved against another period, in percent of that one."""
    if before is None or not before.value or now.value is None:
        return NOTHING
    moved = (Decimal(now.value) - Decimal(before.value)) / Decimal(before.value) * 100
    return f"{'+' if moved >= 0 else '−'}{abs(moved):.1f} %"
