"""What other bodies do, one card a procedure: its steps, the limit that runs, what it came to.

Results stand apart from mediation's: money from an award is counted as recovered by award.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.codes import Code, table
from domain.dispute import DisputeCase, facts
from domain.kernel import N_, Event, Recorded, amended
from web import texts
from web.disputes.figures import Limit
from web.disputes.outside_acts import RESULTS, STEP_PROCEDURES, STEPS
from web.fact_words import FACTS
from web.money import money

TITLES: Mapping[str, Code] = {
    **STEP_PROCEDURES,
    **table("""people_mediation | 人民调解 | people's mediation"""),
}
# The time limits of each procedure, by the beginning of their rule ids.
LIMITS: Mapping[str, tuple[str, ...]] = {
    "arbitration": ("DL-09", "DL-10", "DL-11"),
    "inspection": ("DL-12", "DL-13", "DL-14"),
    "legal_aid": ("DL-18",),
    "payment_order": ("DL-07b",),
    "judicial_confirmation": ("DL-05b",),
    "enforcement": ("DL-19",),
    "petition": ("DL-17",),
}
BELONGS: Mapping[type[Event], str] = {
    facts.ArbitrationFiled: "arbitration",
    facts.ArbitrationAccepted: "arbitration",
    facts.InspectionReferred: "inspection",
    facts.InspectionFiled: "inspection",
    facts.LegalAidReferred: "legal_aid",
    facts.LegalAidGranted: "legal_aid",
    facts.PoliceTransferMade: "police",
    facts.EnforcementSought: "enforcement",
    facts.ArbitrationReviewApplied: "arbitration_review",
    facts.JudicialConfirmationApplied: "judicial_confirmation",
    facts.PaymentOrderApplied: "payment_order",
    facts.PaymentOrderIssued: "payment_order",
    facts.PaymentOrderServed: "payment_order",
    facts.PaymentOrderObjected: "payment_order",
}
OVER = N_("已有结果")
RUNS = N_("进行中")


@dataclass
class Card:
    """One procedure: whom it is about, where, its steps in order, its limits, its result."""

    procedure: str
    workers: set[str] = field(default_factory=set)
    body: str = ""
    ref_no: str = ""
    steps: list[tuple[date, str]] = field(default_factory=list)
    limits: Sequence[Limit] = ()
    result: str = ""
    awarded: int = 0
    paid: int = 0

    @property
    def title(self) -> str:
        """The words of the procedure."""
        return texts.label(TITLES[self.procedure]) if self.procedure in TITLES else self.procedure

    @property
    def state(self) -> str:
        """Say whether it runs or has come to something."""
        return texts.say(OVER if self.result else RUNS)


def cards(state: DisputeCase, history: Sequence[Recorded], limits: Sequence[Limit]) -> list[Card]:
    """Read the procedures off a history, in the order in which they began."""
    found: dict[str, Card] = {}
    reads = amended([(one.event, one.occurred_on) for one in history])
    for event, on in reads:
        if event is not None and (procedure := _procedure(event)):
            _take(found.setdefault(procedure, Card(procedure)), event, on, state)
    for card in found.values():
        rules = LIMITS.get(card.procedure, ())
        card.limits = [one for one in limits if one.clock.rule.startswith(rules)] if rules else []
        if card.procedure in {"arbitration", "court"} and card.awarded:
            claims = [c for c in state.claims.values() if c.worker in card.workers]
            card.paid = sum(claim.award_paid for claim in claims)
    return list(found.values())


def _procedure(event: Event) -> str:
    """Name the procedure that a fact belongs to; most facts belong to none."""
    if isinstance(event, facts.Escalated):
        return event.route
    if isinstance(event, facts.ExternalStepRecorded | facts.ExternalResultRecorded):
        return event.procedure
    return BELONGS.get(type(event), "")


def _take(card: Card, event: Event, on: date, state: DisputeCase) -> None:
    card.workers |= set(getattr(event, "workers", ()))
    lines = getattr(event, "lines", ()) or getattr(event, "awards", ())
    card.workers |= {state.claims[x.claim].worker for x in lines if x.claim in state.claims}
    for name in ("commission", "body", "court", "centre"):
        card.body = getattr(event, name, "") or card.body
    card.ref_no = getattr(event, "ref_no", "") or card.ref_no
    card.steps.append((on, _said(card, event)))


def _said(card: Card, event: Event) -> str:
    """Name a step; a result says what it came to."""
    match event:
        case facts.ExternalStepRecorded(step=step, days=days):
            said = texts.label(STEPS[step]) if step in STEPS else step
            return f"{said} {texts.say(N_('{n} 天'), n=days)}" if days else said
        case facts.ExternalResultRecorded(result=result, awards=awards):
            said = texts.label(RESULTS[result]) if result in RESULTS else result
            card.awarded += sum(int(line.amount) for line in awards)
            card.result = f"{said} {money(card.awarded)}" if awards else said
            return card.result
        case facts.PaymentOrderObjected():
            card.result = texts.say(N_("因异议失效"))
        case facts.LegalAidGranted():
            card.result = texts.say(N_("给予援助"))
    tail = event.TOPIC.partition(".")[2]
    return texts.label(FACTS[tail]) if tail in FACTS else tail
