"""Inputs that several acts of a dispute share, and what the case itself offers to choose from."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from domain import codes_dispute as codes
from domain.dispute import DisputeCase
from domain.dispute.papers import PAPERS
from domain.dispute.values import Line
from domain.kernel import N_
from domain.money import Fen
from web import texts
from web.acts import Field, Grid
from web.money import money

Options = Sequence[tuple[str, str]]

OPENING = N_("受理")
PARTIES = N_("当事人与请求")
MEDIATING = N_("调解")
MONEY = N_("协议与付款")
ELSEWHERE = N_("转出与救济")
FILE = N_("文书与其他")


def respondents(state: DisputeCase, directory: Any) -> Options:
    """Offer the employers that answer in this case."""
    return [(one, directory.employer(one)) for one in state.respondents]


def intakes(state: DisputeCase, _directory: Any) -> Options:
    """Offer the ways in which the case came in."""
    channel = codes.DISPUTE_CHANNELS
    return [(i.no, f"{i.no} {texts.label(channel[i.channel])}") for i in state.intakes.values()]


def agreements(state: DisputeCase, _directory: Any) -> Options:
    """Offer the agreements in force."""
    return [
        (
            str(one.no),
            texts.say(
                N_("第 {no} 号 {on} 签订，{amount}"),
                no=one.no,
                on=one.signed_on,
                amount=money(sum(one.agreed.values())),
            ),
        )
        for one in state.agreements.values()
        if not one.voided
    ]


def instalments(state: DisputeCase, _directory: Any) -> Options:
    """Offer the instalments of the agreements in force."""
    found = {
        part.no: part.due_on
        for one in state.agreements.values()
        if not one.voided
        for part in one.instalments
    }
    return [
        (str(no), texts.say(N_("第 {no} 期 {on} 到期"), no=no, on=due))
        for no, due in sorted(found.items())
    ]


def payments(state: DisputeCase, _directory: Any) -> Options:
    """Offer the payments that were not taken back."""
    return [
        (
            str(one.no),
            texts.say(
                N_("第 {no} 笔 {on} {amount} 凭证 {voucher}"),
                no=one.no,
                on=one.on,
                amount=money(sum(int(line.amount) for line in one.lines)),
                voucher=one.voucher_no,
            ),
        )
        for one in state.payments.values()
        if one.reversed_on is None
    ]


def sessions(state: DisputeCase, _directory: Any) -> Options:
    """Offer the sessions that are planned."""
    return [
        (str(one.no), f"{one.no} {one.on} {one.from_at}")
        for one in state.sessions.values()
        if one.standing == "scheduled"
    ]


def documents(state: DisputeCase, _directory: Any) -> Options:
    """Offer the papers that were issued in this case."""
    return [
        (one, f"{paper.on} {texts.translate(PAPERS[paper.kind].title)} {paper.about}".strip())
        for one, paper in reversed(list(state.documents.items()))
        if paper.kind in PAPERS
    ]


def officers(state: DisputeCase, directory: Any) -> Options:
    """Offer the mediators of this case, the responsible one first."""
    ours = sorted(state.mediators, key=lambda one: (one != state.owner, one))
    return [(one, directory.staff(one)) for one in ours]


def seekers(state: DisputeCase, _directory: Any) -> Options:
    """Offer the job-seeking cases that are linked."""
    return [(one, one) for one in state.seekers]


def merged(state: DisputeCase, _directory: Any) -> Options:
    """Offer the cases that this one took in or went into."""
    others = [*sorted(state.absorbed), *filter(None, [state.merged_into])]
    return [(one, one) for one in others]


def start_mediator(_request: Any, state: DisputeCase) -> Mapping[str, Any]:
    """Fill in the responsible mediator."""
    return {"mediator": state.owner, "by": state.owner}


WORKERS = Field("workers", N_("劳动者"), "worker", many=True)
WORKER = Field("worker", N_("劳动者"), "worker")
REASON = Field("reason", N_("理由"), "longtext")
MEDIATOR = Field("mediator", N_("调解员"), "own", of=officers)
RESPONDENT = Field("respondent", N_("被申请人"), "own", of=respondents)
AGREEMENT = Field("agreement", N_("协议"), "own", of=agreements, make=int)
INSTALMENT = Field("instalment", N_("期次"), "own", of=instalments, make=int)
SESSION = Field("session", N_("调解会"), "own", of=sessions, make=int)
PAYMENT = Field("payment", N_("付款"), "own", of=payments, make=int)
CLAIM = Field("claim", N_("请求"), "claim", make=int)
REF_NO = Field("ref_no", N_("对方文号"), required=False, empty=None)
AMOUNT = Field("amount", N_("金额"), "money")


def lines(
    name: str = "lines",
    label: str = N_("各项金额"),
    *,
    required: bool = True,
    grid: Callable[[Any], Grid] | None = None,
) -> Field:
    """Ask for amounts by claim: number of the claim, amount; with a grid, one input a claim."""
    return Field(
        name,
        label,
        "table",
        required=required,
        columns=(CLAIM, AMOUNT),
        make=Line,
        hint=N_("请求可写序号；合计在提交时核对。"),
        grid=grid,
    )


def typed_lines(found: Sequence[Line]) -> str:
    """Write amounts by claim as they are typed into a table."""
    return "\n".join(f"{line.claim}\t{plain(line.amount)}" for line in found)


def plain(amount: int | Fen) -> str:
    """Write an amount as typed: 5000.00."""
    whole, rest = divmod(int(amount), 100)
    return f"{whole}.{rest:02d}"


def items(text: str) -> tuple[str, ...]:
    """Read a list written line by line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
