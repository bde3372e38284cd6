"""Enumerations of the catalogue, and the questions that several decisions of a dispute ask."""

from collections.abc import Collection, Iterable

from domain import codes_dispute as codes
from domain.attachments import offered
from domain.dispute.records import Track
from domain.dispute.state import DisputeState
from domain.dispute.values import Line
from domain.kernel import N_, Refused

OUTCOMES = frozenset(codes.OUTCOMES) - {"transferred", "not_accepted", "merged"}
STEPS = frozenset(
    {
        "accepted",
        "served",
        "defence_received",
        "forwarded",
        "extended",
        "lawyer_assigned",
        "refused",
        "review_requested",
    }
)
PROCEDURES = frozenset(
    {
        "arbitration",
        "arbitration_review",
        "judicial_confirmation",
        "court",
        "inspection",
        "enforcement",
        "police",
        "petition",
    }
)
STEP_PROCEDURES = PROCEDURES | {"payment_order", "legal_aid"}
RESULTS = frozenset(
    {
        "awarded",
        "confirmed",
        "ordered_to_pay",
        "settled_there",
        "dismissed",
        "not_accepted",
        "withdrawn_there",
    }
)
TITLES = frozenset({"mediation_document", "confirmation", "award", "judgment", "payment_order"})
GROUNDS = frozenset({"claim_to_party", "relief_asked", "debtor_agreed"})
STANDSTILLS = frozenset({"force_majeure", "other_just_cause"})


def known(code: str, codes: Collection[str], field: str) -> None:
    """Refuse a code that the catalogue does not list (D-00)."""
    if code not in codes:
        raise Refused(rule="D-00", text=N_("“{code}”不是可选的代码。"), field=field, code=code)


def has_attachment(state: DisputeState) -> None:
    """Ask for an attachment that was not withdrawn (A-04)."""
    if not offered(state.attachments):
        raise Refused(rule="A-04", text=N_("本案没有附件。"))


def on_track(state: DisputeState, workers: Iterable[str], tracks: Collection[Track]) -> None:
    """Refuse a worker who is no claimant or stands on another track (D-00)."""
    named = tuple(workers)
    if not named:
        raise Refused(rule="D-00", text=N_("请至少选择一名劳动者。"), field="workers")
    for worker in named:
        record = state.workers.get(worker)
        if record is None:
            raise Refused(
                rule="D-00",
                text=N_("{worker}不是本案申请人。"),
                field="workers",
                worker=worker,
            )
        if record.track not in tracks:
            raise Refused(
                rule="D-00",
                text=N_("{worker}的进度为“{track}”，不能办理此事项。"),
                field="workers",
                worker=worker,
                track=record.track.value,
            )


def workers_of(state: DisputeState, lines: Iterable[Line], field: str = "lines") -> set[str]:
    """Give the workers whom lines are about; refuse a claim that is not in the case (D-06)."""
    workers = set()
    for line in lines:
        claim = state.claims.get(line.claim)
        if claim is None:
            raise Refused(
                rule="D-06",
                text=N_("第{claim}项请求不存在。"),
                field=field,
                claim=line.claim,
            )
        workers.add(claim.worker)
    return workers


def joint(state: DisputeState, people: Collection[str], workers: Collection[str]) -> bool:
    """Say whether both sides are there: a worker concerned or a representative, a respondent."""
    ours = set(workers) | set(state.representatives)
    return not ours.isdisjoint(people) and not set(state.respondents).isdisjoint(people)


def no_clear_refusal(state: DisputeState) -> None:
    """Refuse mediation after a party has clearly refused it. Basis: 人民调解法 17 (D-02)."""
    if state.refused_by:
        raise Refused(rule="D-02", text=N_("一方已明确拒绝调解，请告知其他救济途径。"))


def mediator_of(state: DisputeState, mediator: str, unfit: str) -> None:
    """Refuse a mediator who is not of this case, recused, or unfit (D-03).

    `unfit` comes from outside: '' or the reason (party, relative, interested, inactive).
    """
    if mediator in state.recused:
        raise Refused(rule="D-03", text=N_("该调解员已回避本案。"), field="mediator")
    if unfit:
        raise Refused(
            rule="D-03",
            text=N_("该调解员不能承办本案：{reason}。"),
            field="mediator",
            reason=unfit,
        )
    if mediator not in state.mediators:
        raise Refused(rule="D-03", text=N_("只有本案的调解员才能办理。"), field="mediator")
