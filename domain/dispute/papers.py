"""The papers of a dispute 争议文书 (domain.md 9.2), and when each of them can be issued."""

from collections.abc import Callable, Sequence

from domain.dispute.facts import LegalAidReferred
from domain.dispute.records import Track
from domain.dispute.state import DisputeState
from domain.kernel import N_
from domain.papers import WHOLE, Paper, Papers, listed

State = DisputeState
NONE: Sequence[str] = ()
# Mediation ended for these without an agreement; the route of an escalated one is told again.
WITHOUT = frozenset({Track.FAILED, Track.ESCALATED})


def _when(holds: Callable[[State], object]) -> Callable[[State], Sequence[str]]:
    return lambda case: WHOLE if holds(case) else NONE


def _sessions(standing: str) -> Callable[[State], Sequence[str]]:
    return lambda case: [str(s.no) for s in case.sessions.values() if s.standing == standing]


def _agreements(case: State) -> Sequence[str]:
    return [str(a.no) for a in case.agreements.values() if not a.voided]


def _untitled(field: str) -> Callable[[State], Sequence[str]]:
    """List the agreements that can still be put before a body: in force, nothing asked yet."""
    return lambda case: [
        str(a.no)
        for a in case.agreements.values()
        if not a.voided and not a.titled and getattr(a, field) is None
    ]


def _defaulted(case: State) -> Sequence[str]:
    owing = {r.agreement for r in case.workers.values() if r.track is Track.DEFAULTED}
    return [str(a.no) for a in case.agreements.values() if a.no in owing and not a.titled]


def _payments(case: State) -> Sequence[str]:
    return [str(p.no) for p in case.payments.values() if p.reversed_on is None]


def _petitions(case: State) -> Sequence[str]:
    return [one.no for one in case.intakes.values() if one.channel == "petition"]


def _failed(case: State) -> Sequence[str]:
    return [worker for worker, record in case.workers.items() if record.track in WITHOUT]


def _all(case: State, _about: str) -> Sequence[str]:
    return sorted(case.active, key=list(case.workers).index)


def _agreeing(case: State, about: str) -> Sequence[str]:
    """List whom an agreement is about."""
    found = case.agreements[int(about)].agreed
    return list(dict.fromkeys(case.claims[no].worker for no in found))


def _paid(case: State, about: str) -> Sequence[str]:
    """List whom a payment went to."""
    lines = case.payments[int(about)].lines
    return list(dict.fromkeys(case.claims[line.claim].worker for line in lines))


PAPERS: Papers = listed(
    (
        Paper(
            "application",
            N_("调解申请书"),
            "D-01",
            N_("还没有登记收到调解申请。"),
            _when(lambda case: case.applied_on),
        ),
        Paper(
            "acceptance",
            N_("受理通知书"),
            "D-01",
            N_("本案还没有受理。"),
            _when(lambda case: case.accepted_on),
            _all,
        ),
        Paper(
            "refusal",
            N_("不予受理通知书"),
            "D-01",
            N_("本案没有作出不予受理的决定。"),
            _when(lambda case: case.outcome == "not_accepted"),
        ),
        Paper(
            "representatives",
            N_("代表人推选书"),
            "D-14",
            N_("本案没有推选代表人。"),
            _when(lambda case: case.representatives),
        ),
        Paper(
            "summons",
            N_("调解通知书"),
            "D-21",
            N_("没有已安排、还没有举行的调解会。"),
            _sessions("scheduled"),
        ),
        Paper("minutes", N_("调解笔录"), "D-03", N_("还没有举行过调解会。"), _sessions("held")),
        Paper(
            "agreement",
            N_("调解协议书"),
            "D-06",
            N_("本案没有有效的调解协议，不能出具调解协议书。"),
            _agreements,
            _agreeing,
        ),
        Paper(
            "receipt",
            N_("付款收据"),
            "D-07",
            N_("还没有可以开收据的付款，冲正的不算。"),
            _payments,
            _paid,
        ),
        Paper(
            "performance",
            N_("履行情况记录"),
            "D-07",
            N_("还没有有效的协议，没有履行情况可记。"),
            _agreements,
            _agreeing,
        ),
        Paper(
            "failure",
            N_("调解不成告知书"),
            "D-17",
            N_("没有调解不成的申请人。"),
            _when(_failed),
            lambda case, _about: _failed(case),
        ),
        Paper(
            "transfer",
            N_("移送函"),
            "D-17",
            N_("本案没有移送或转出。"),
            _when(
                lambda case: (
                    case.outcome == "transferred"
                    or any(r.track is Track.ESCALATED for r in case.workers.values())
                )
            ),
        ),
        Paper(
            "review",
            N_("仲裁审查申请书"),
            "D-10",
            N_("没有可以申请仲裁审查的协议，或已经申请。"),
            _untitled("review_on"),
        ),
        Paper(
            "confirmation",
            N_("司法确认申请书"),
            "D-10",
            N_("没有可以申请司法确认的协议，或已经申请。"),
            _untitled("confirmation_on"),
        ),
        Paper(
            "order",
            N_("支付令申请书"),
            "D-11",
            N_("没有逾期未履行的协议，不能申请支付令。"),
            _defaulted,
        ),
        Paper(
            "legal_aid",
            N_("法律援助转介单"),
            "D-17",
            N_("还没有登记法律援助转介。"),
            _when(lambda case: any(isinstance(f, LegalAidReferred) for f, _ in case.history)),
        ),
        Paper(
            "petition_reply",
            N_("信访事项答复"),
            "D-00",
            N_("本案没有信访来件。"),
            _petitions,
        ),
        Paper(
            "closing",
            N_("结案通知书"),
            "D-09",
            N_("本案还没有结案。"),
            _when(lambda case: case.closed and case.outcome not in {"not_accepted", "merged"}),
            _all,
        ),
        Paper(
            "closing_form",
            N_("结案登记表"),
            "D-09",
            N_("本案还没有结案。"),
            _when(lambda case: case.closed),
        ),
        Paper(
            "summary",
            N_("劳动争议调解案件情况"),
            "D-00",
            N_("本案还没有记录。"),
            _when(lambda case: case.version),
        ),
        Paper(
            "cover",
            N_("卷宗封面与目录"),
            "D-01",
            N_("本案还没有受理，没有案号。"),
            _when(lambda case: case.case_no),
        ),
    )
)
