"""Acts and words of the workshop 手工订单: order, material, pieces, checks, wages, delivery."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request

from application.unpaid_work import RIGHT as DISPUTES
from application.workshop import RIGHT
from domain.codes import table
from domain.kernel import N_
from domain.money import Fen
from domain.workshop import WorkshopOrder
from domain.workshop.facts import OrderReceived, PayLine
from web import texts
from web.acts import Act, Field
from web.fact_tell import Teller
from web.money import money

STATES = table("""active | 加工中 | in work
delivered | 已交付 | delivered
cancelled | 已取消 | cancelled""")
FACTS = table("""order_received | 接单 | order received
piece_price_changed | 计件单价变更 | piece price changed
material_issued | 发料 | material issued
material_returned | 退料 | material returned
piecework_recorded | 计件登记 | pieces recorded
quality_checked | 验收 | checked
payroll_closed | 计件结算 | payroll closed
piecework_paid | 计件发放 | paid
dispute_opened | 欠付转争议 | dispute opened
order_delivered | 交付 | delivered
order_cancelled | 取消 | cancelled
record_corrected | 更正 | corrected
fact_voided | 作废 | voided""")
TELLER = Teller(
    facts=FACTS,
    labels={
        "customer": N_("客户单位"),
        "product": N_("产品"),
        "quantity": N_("数量"),
        "unit_price": N_("加工单价"),
        "piece_price": N_("计件单价"),
        "due_on": N_("交付日期"),
        "quality_rule": N_("质量要求"),
        "payout_day": N_("每月发放日"),
        "minutes": N_("分钟"),
        "worked_on": N_("做工日期"),
        "accepted": N_("合格"),
        "rejected": N_("不合格"),
        "month": N_("月份"),
        "months": N_("月份"),
        "pay_by": N_("最迟发放日"),
        "lines": N_("结算"),
        "amount": N_("金额"),
        "voucher_no": N_("凭证号"),
        "reason": N_("原因"),
    },
    lists={},
    kinds={"customer": "employer"},
    special={PayLine: lambda one: f"{one.accepted} · {money(one.amount)}"},
    hidden=frozenset({"worker", "dispute"}),
)
Named = Callable[[str], str]


def received(_request: Any, _stamp: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Put the terms of an order together."""
    return {"terms": OrderReceived(**values)}


def chosen(request: Request, _state: Any) -> Mapping[str, str]:
    """Begin with what the link names: a worker, a line of the payroll."""
    given = request.query_params
    return {n: given[n][:80] for n in ("worker", "line", "amount", "month") if given.get(n)}


def paid(_request: Any, _stamp: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Part the chosen line into month and worker."""
    month, _, worker = values.pop("line").partition("|")
    return values | {"month": month, "worker": worker}


def open_lines(state: WorkshopOrder) -> list[tuple[str, PayLine]]:
    """Give the lines of closed payrolls that were not paid."""
    return [
        (month, line)
        for month, lines in sorted(state.payrolls.items())
        for line in lines
        if (month, line.worker) not in state.paid
    ]


def acts(named: Named) -> tuple[Act, ...]:
    """Give the acts; `named` says who a worker is, as may be seen."""

    def workers(order: WorkshopOrder, _directory: Any) -> list[tuple[str, str]]:
        return [(worker, named(worker)) for worker in order.workers]

    def lines(order: WorkshopOrder, _directory: Any) -> list[tuple[str, str]]:
        return [
            (f"{month}|{line.worker}", f"{month} {named(line.worker)} {money(line.amount)}")
            for month, line in open_lines(order)
        ]

    def owed(order: WorkshopOrder, _directory: Any) -> list[tuple[str, str]]:
        months = {(m, line.worker): line.amount for m, line in open_lines(order)}
        people = dict.fromkeys(worker for _, worker in months)
        return [
            (who, f"{named(who)} {money(Fen(sum(a for (_, w), a in months.items() if w == who)))}")
            for who in people
        ]

    def foreseen(_request: Any, order: WorkshopOrder) -> list[str]:
        rows = order.payroll("9999-12")
        return [
            texts.say(
                N_("待结算：{name} 合格{accepted}件，{amount}"),
                name=named(line.worker),
                accepted=line.accepted,
                amount=line.amount,
            )
            for line in rows
        ]

    return (
        Act(
            "receive_order",
            N_("接单"),
            (
                Field("customer", N_("客户单位"), "employer"),
                Field("product", N_("产品")),
                Field("quantity", N_("数量"), "int"),
                Field("unit_price", N_("加工单价"), "money", hint=N_("客户付给工坊的每件价。")),
                Field("piece_price", N_("计件单价"), "money", hint=N_("工坊付给做工人的每件价。")),
                Field("due_on", N_("交付日期"), "date"),
                Field("quality_rule", N_("质量要求"), "longtext"),
                Field("payout_day", N_("每月发放日"), "int", required=False),
            ),
            N_("接单后发料、登记计件、验收、结算、发放。"),
            RIGHT,
            begins=True,
            prepare=received,
        ),
        Act(
            "issue_material",
            N_("发料"),
            (Field("worker", N_("做工人"), "maker"), Field("quantity", N_("数量"), "int")),
            N_("按件数发料；计件不能超过发料。"),
            RIGHT,
            start=chosen,
        ),
        Act("record_day", N_("登记当日计件"), (), N_("没有领料的人不在名单上，先发料。"), RIGHT),
        Act(
            "check_day",
            N_("验收一天的计件"),
            (),
            N_("没有等待验收的计件。"),
            RIGHT,
        ),
        Act(
            "return_material",
            N_("退料"),
            (
                Field("worker", N_("做工人"), "own", of=workers),
                Field("quantity", N_("数量"), "int"),
            ),
            "",
            RIGHT,
            start=chosen,
        ),
        Act(
            "close_payroll",
            N_("计件结算"),
            (
                Field("month", N_("月份"), hint=N_("写成 2026-04。")),
                Field("pay_by", N_("最迟发放日"), "date"),
            ),
            N_("结算截至该月的全部合格件，按做工当天的单价。"),
            RIGHT,
            foresee=foreseen,
            start=chosen,
        ),
        Act(
            "pay_piecework",
            N_("发放计件工资"),
            (
                Field("line", N_("哪一笔"), "own", of=lines),
                Field("amount", N_("金额"), "money", hint=N_("须与结算金额一致，一次发清。")),
                Field("voucher_no", N_("凭证号")),
            ),
            "",
            RIGHT,
            prepare=paid,
            start=chosen,
        ),
        Act(
            "open_dispute",
            N_("欠付转争议"),
            (
                Field("worker", N_("做工人"), "own", of=owed),
                Field("summary", N_("反映的情况"), "longtext"),
            ),
            N_("按到期未付的计件立争议案件（没有劳动关系，走人民调解），两边互相关联。"),
            DISPUTES,
            start=chosen,
        ),
        Act(
            "change_piece_price",
            N_("变更计件单价"),
            (Field("piece_price", N_("计件单价"), "money"),),
            N_("只适用于从这天起的工作。"),
            RIGHT,
        ),
        Act("deliver_order", N_("交付"), (Field("quantity", N_("数量"), "int"),), "", RIGHT),
        Act("cancel_order", N_("取消订单"), (Field("reason", N_("原因"), "longtext"),), "", RIGHT),
    )
