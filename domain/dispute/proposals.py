"""Computed proposals 测算: overtime, double wage, severance, compensation, with their arithmetic.

Each gives an amount, its lines and its articles. Nothing is decided here: the mediator accepts the
amount as verified, or types another one with a reason. Every line is rounded half up to whole fen.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from domain.calendar import add_months
from domain.kernel import N_, Refused, Value
from domain.money import Fen

PAID_DAYS = Decimal("21.75")  # paid days of a month; 8 hours each: 174 hours
HOURS = PAID_DAYS * 8
MOST_YEARS, HALF_YEAR = 12, 6
DOUBLE_MONTHS = 11  # month 2 to month 12


class Step(NamedTuple):
    """One line of the arithmetic."""

    text: str
    values: dict[str, Value]


class Proposal(NamedTuple):
    """What the arithmetic comes to, line by line, and the articles."""

    amount: Fen
    steps: tuple[Step, ...]
    statute: str


def whole(amount: Decimal) -> Fen:
    """Round half up to whole fen."""
    return Fen(int(amount.quantize(Decimal(1), ROUND_HALF_UP)))


def hourly(monthly: Fen) -> Fen:
    """Give the wage of an hour: monthly wage / 21.75 / 8."""
    return whole(Decimal(int(monthly)) / HOURS)


def overtime(*, monthly: Fen, weekday: Decimal, restday: Decimal, holiday: Decimal) -> Proposal:
    """Propose overtime pay: 150 % on working days, 200 % on rest days, 300 % on holidays."""
    _positive(monthly, "monthly")
    rate = hourly(monthly)
    steps = [
        Step(
            N_("小时工资 = 月工资{monthly} ÷ 21.75 ÷ 8 = {rate}"),
            {"monthly": monthly, "rate": rate},
        )
    ]
    total = 0
    for text, hours, percent in (
        (N_("工作日延时 {hours} 小时 × {rate} × 150% = {part}"), weekday, 150),
        (N_("休息日 {hours} 小时 × {rate} × 200% = {part}"), restday, 200),
        (N_("法定节假日 {hours} 小时 × {rate} × 300% = {part}"), holiday, 300),
    ):
        if hours < 0:
            raise Refused(rule="D-06", text=N_("小时数不能为负数。"), field="weekday")
        if hours:
            part = whole(Decimal(int(rate)) * hours * percent / 100)
            total += int(part)
            steps.append(Step(text, {"hours": str(hours), "rate": rate, "part": part}))
    if not total:
        raise Refused(rule="D-06", text=N_("请填加班小时数。"), field="weekday")
    return _summed(total, steps, "劳动法 44；劳动合同法 31")


def double_wage(*, monthly: Fen, hired_on: date, until_on: date) -> Proposal:
    """Propose the second wage without a written contract, from month 2 to month 12 at most.

    `until_on` is the last day without a contract: the day before it was signed, or of leaving.
    """
    _positive(monthly, "monthly")
    first = add_months(hired_on, 1)
    end = min(until_on, add_months(hired_on, 1 + DOUBLE_MONTHS) - timedelta(days=1))
    if end < first:
        raise Refused(rule="D-06", text=N_("用工不满一个月，没有二倍工资差额。"), field="until_on")
    months = _full_months(first, end + timedelta(days=1))
    rest = (end + timedelta(days=1) - add_months(first, months)).days
    of_month = (add_months(first, months + 1) - add_months(first, months)).days
    full, part = Fen(int(monthly) * months), whole(Decimal(int(monthly)) * rest / of_month)
    steps = [
        Step(N_("从{first}（用工满一个月）到{last}"), {"first": first, "last": end}),
        Step(
            N_("{months} 个月 × {monthly} = {part}"),
            {"months": months, "monthly": monthly, "part": full},
        ),
    ]
    if rest:
        values: dict[str, Value] = {
            "days": rest, "of": of_month, "monthly": monthly, "part": part
        }  # fmt: skip
        steps.append(Step(N_("{days} 天 ÷ {of} 天 × {monthly} = {part}"), values))
    if end < until_on:
        steps.append(Step(N_("最多计算到用工满一年前，共 11 个月。"), {}))
    return _summed(int(full) + int(part), steps, "劳动合同法 82；实施条例 6、7")


def severance(
    *,
    average: Fen,
    hired_on: date,
    ended_on: date,
    local_average: Fen | None = None,
    notice: Fen | None = None,
    times: int = 1,
) -> Proposal:
    """Propose severance N, N + 1 with a month of notice, or 2N for an unlawful dismissal.

    A month's wage for each year; six months and more count as a year, less as half a month. Above
    three times the local average the wage is capped there, and the years at twelve.
    """
    _positive(average, "average")
    if ended_on < hired_on:
        raise Refused(rule="D-06", text=N_("离职日期早于入职日期。"), field="ended_on")
    years, months = divmod(_full_months(hired_on, ended_on + timedelta(days=1)), 12)
    started = add_months(hired_on, 12 * years + months) <= ended_on
    halves = 2 * years + (2 if months >= HALF_YEAR else 1 if months or started else 0)
    base = average
    steps = [
        Step(
            N_("工龄 {first} 至 {last}：{years} 年 {months} 个月，计 {n} 个月工资"),
            {
                "first": hired_on,
                "last": ended_on,
                "years": years,
                "months": months,
                "n": _halves(halves),
            },
        )
    ]
    if local_average is not None and average > 3 * int(local_average):
        base = Fen(3 * int(local_average))
        halves = min(halves, 2 * MOST_YEARS)
        steps.append(
            Step(
                N_("月平均工资{average}高于当地平均工资{local}的三倍，按{base}计，最多 12 年"),
                {"average": average, "local": local_average, "base": base},
            )
        )
    one = whole(Decimal(int(base)) * halves / 2)
    steps.append(
        Step(N_("{n} 个月 × {base} = {part}"), {"n": _halves(halves), "base": base, "part": one})
    )
    total = int(one) * times
    if times > 1:
        steps.append(Step(N_("违法解除按二倍：{part}"), {"part": Fen(total)}))
    if notice:
        total += int(notice)
        steps.append(Step(N_("未提前三十日通知，另加上月工资{part}"), {"part": notice}))
    statute = "劳动合同法 40、46、47" if notice else "劳动合同法 46、47"
    return _summed(total, steps, "劳动合同法 48、87" if times > 1 else statute)


def additional(*, unpaid: Fen, percent: int) -> Proposal:
    """Propose the additional compensation of 50 to 100 % when an order to pay was not obeyed."""
    _positive(unpaid, "unpaid")
    if not 50 <= percent <= 100:
        raise Refused(rule="D-06", text=N_("加付比例应在50%至100%之间。"), field="percent")
    part = whole(Decimal(int(unpaid)) * percent / 100)
    step = Step(
        N_("逾期未付{unpaid} × {percent}% = {part}"),
        {"unpaid": unpaid, "percent": percent, "part": part},
    )
    return _summed(int(part), [step], "劳动合同法 85；劳动保障监察条例 26")


def difference(*, minimum: Fen, paid: Fen, months: Decimal) -> Proposal:
    """Propose what is missing to the minimum wage."""
    _positive(minimum, "minimum")
    if paid >= minimum or months <= 0:
        raise Refused(rule="D-06", text=N_("实发不低于最低工资，没有差额。"), field="paid")
    part = whole((Decimal(int(minimum)) - int(paid)) * months)
    step = Step(
        N_("（最低工资{minimum} − 实发{paid}）× {months} 个月 = {part}"),
        {"minimum": minimum, "paid": paid, "months": str(months), "part": part},
    )
    return _summed(int(part), [step], "劳动合同法 85(2)；最低工资规定 12")


def _summed(total: int, steps: Sequence[Step], statute: str) -> Proposal:
    last = Step(N_("合计 {total}"), {"total": Fen(total)})
    return Proposal(Fen(total), (*steps, last), statute)


def _positive(amount: Fen, field: str) -> None:
    if amount <= 0:
        raise Refused(rule="D-06", text=N_("金额必须大于零。"), field=field)


def _full_months(first: date, end: date) -> int:
    """Count the whole months from a day up to, and without, another."""
    months = (end.year - first.year) * 12 + end.month - first.month
    return months if add_months(first, months) <= end else months - 1


def _halves(count: int) -> str:
    return f"{count // 2}.5" if count % 2 else str(count // 2)
