"""The page of one claim: what it is, the arithmetic of a proposal, and the mediator's decision."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain import codes_dispute as codes
from domain.dispute import proposals
from domain.dispute.proposals import Proposal
from domain.dispute.records import Claim
from domain.kernel import N_, Refused, Value
from domain.money import Fen
from web import dates, texts
from web.disputes.claim_table import basis_of
from web.disputes.reading import reading
from web.money import fen, typed_yuan
from web.pages import page
from web.wages.cells import number

router = APIRouter()


class Ask(NamedTuple):
    """One input of a calculator: its name, label, kind, and whether it may stay empty."""

    name: str
    label: str
    kind: str = "money"
    needed: bool = True


class Calculator(NamedTuple):
    """A proposal by form: its title, what it asks, what computes it."""

    title: str
    asks: tuple[Ask, ...]
    compute: Callable[..., Proposal]


MONTHLY = Ask("monthly", N_("月工资"))
HIRED, ENDED = Ask("hired_on", N_("入职日期"), "date"), Ask("ended_on", N_("离职日期"), "date")
AVERAGE = Ask("average", N_("离职前十二个月平均工资"))
LOCAL = Ask("local_average", N_("当地上年度月平均工资"), needed=False)
CALCULATORS: Mapping[str, Calculator] = {
    "overtime": Calculator(
        N_("加班费 150/200/300%"),
        (
            MONTHLY,
            Ask("weekday", N_("工作日加班小时"), "number", needed=False),
            Ask("restday", N_("休息日加班小时"), "number", needed=False),
            Ask("holiday", N_("法定节假日加班小时"), "number", needed=False),
        ),
        proposals.overtime,
    ),
    "double_wage": Calculator(
        N_("未签合同二倍工资"),
        (MONTHLY, HIRED, Ask("until_on", N_("没有合同的最后一天"), "date")),
        proposals.double_wage,
    ),
    "severance": Calculator(N_("经济补偿 N"), (AVERAGE, HIRED, ENDED, LOCAL), proposals.severance),
    "notice": Calculator(
        N_("经济补偿 N+1"),
        (AVERAGE, HIRED, ENDED, LOCAL, Ask("notice", N_("上月工资"))),
        proposals.severance,
    ),
    "unlawful": Calculator(
        N_("违法解除赔偿金 2N"),
        (AVERAGE, HIRED, ENDED, LOCAL),
        lambda **given: proposals.severance(**given, times=2),
    ),
    "additional": Calculator(
        N_("加付赔偿金 50-100%"),
        (Ask("unpaid", N_("逾期未付金额")), Ask("percent", N_("比例（%）"), "int")),
        proposals.additional,
    ),
    "difference": Calculator(
        N_("最低工资差额"),
        (
            Ask("minimum", N_("月最低工资")),
            Ask("paid", N_("实发月工资")),
            Ask("months", N_("月数"), "number"),
        ),
        proposals.difference,
    ),
}
BY_CODE: Mapping[str, str] = {
    "C02": "difference",
    "C03": "overtime",
    "C04": "double_wage",
    "C05": "severance",
    "C06": "unlawful",
    "C13": "additional",
}
EMPTY: Mapping[str, Any] = {"number": Decimal(0), "money": None}


@router.get("/disputes/{case}/claims/{number}")
def one_claim(request: Request, case: str, number: str) -> Response:
    """Show a claim and compute a proposal; what is asked stands in the address, nobody's name."""
    read = reading(request, case)
    state = read.shown.state
    claim = state.claims.get(int(number)) if number.isascii() and number.isdigit() else None
    if claim is None:
        raise HTTPException(404)
    asked = request.query_params
    chosen = asked.get("as", "") or BY_CODE.get(claim.code, "")
    calculator = CALCULATORS.get(chosen)
    typed = {one.name: asked.get(one.name, "") for one in calculator.asks} if calculator else {}
    told: dict[str, str] = {}
    found: Proposal | None = None
    if calculator and any(typed.values()):
        try:
            found = calculator.compute(**_values(calculator, typed))
        except Refused as refused:
            told[refused.field] = texts.sentence(refused)
    elif calculator:
        typed |= _start(state.workers[claim.worker].ended_on, claim)
    return page(
        request,
        "disputes/claim.html",
        status=409 if told else 200,
        place=f"/disputes/{case}",
        number=state.case_no or texts.say(N_("未编号")),
        claim=claim,
        basis=basis_of(claim),
        view=read.people[claim.worker],
        kind=texts.label(codes.CLAIMS[claim.code]) if claim.code in codes.CLAIMS else claim.code,
        calculators=CALCULATORS,
        chosen=chosen,
        calculator=calculator,
        typed=typed,
        told=told,
        found=found,
        accept=_accept(claim, found) if found else "",
        why_not=state.why_not("verify_claim"),
        replay=not read.shown.past.now,
    )


def _start(ended_on: Any, claim: Claim) -> dict[str, str]:
    """Fill in what the case knows: the day of leaving, the wage that the claim is based on."""
    known = {"ended_on": ended_on.isoformat() if ended_on else ""}
    if claim.basis and claim.basis.rate and claim.basis.kind == "months":
        known["monthly"] = known["average"] = typed_yuan(int(claim.basis.rate))
    return {name: value for name, value in known.items() if value}


def _values(calculator: Calculator, typed: Mapping[str, str]) -> dict[str, Any]:
    """Read what was typed; what may stay empty does."""
    return {one.name: _read(one, typed[one.name].strip()) for one in calculator.asks}


def _read(one: Ask, value: str) -> Any:
    if not value:
        if one.needed:
            raise Refused(rule="F-00", text=N_("此项必填。"), field=one.name)
        return EMPTY.get(one.kind)
    try:
        if one.kind == "money":
            return fen(value, field=one.name)
        if one.kind == "date":
            return dates.day(value, field=one.name)
        read = number(value)
        return int(read) if one.kind == "int" else read
    except Refused as refused:
        raise Refused(
            rule=refused.rule, text=refused.text, field=one.name, **refused.values
        ) from refused


def _accept(claim: Claim, found: Proposal) -> str:
    """Give the form that records a proposal as verified: amount and arithmetic filled in."""
    told = "；".join(_plain(one.text, one.values) for one in found.steps[:-1])
    given = {
        "claim": str(claim.no),
        "amount": typed_yuan(int(found.amount)),
        "basis": f"{told}。{found.statute}"[:1_000],
    }
    return "verify_claim?" + urlencode(given)


def _plain(text: str, values: Mapping[str, Value]) -> str:
    """Write a line of the arithmetic in the language of the file."""
    shown = {
        name: typed_yuan(value) if isinstance(value, Fen) else value
        for name, value in values.items()
    }
    return text.format(**shown)


def start_verification(request: Request, _state: Any) -> Mapping[str, Any]:
    """Fill in a proposal that was accepted on the page of the claim; all of it can be changed."""
    asked = request.query_params
    return {name: asked[name][:1_000] for name in ("claim", "amount", "basis") if name in asked}
