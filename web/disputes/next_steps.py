"""What is asked of the reader now: the next step of the stage, and the limits that press."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from domain.dispute import DisputeCase
from domain.dispute.records import Track
from domain.kernel import N_
from web.disputes.figures import Limit


class Step(NamedTuple):
    """One thing to do: the sentence, why, the verb of its act, and the day it is due."""

    what: str
    why: str
    verb: str
    due: date | None = None
    provisional: bool = False


STAGES: Mapping[str, tuple[str, str, str]] = {
    "INTAKE": (N_("收下调解申请"), N_("写下申请，受理期限从收到之日起算。"), "receive_application"),
    "RECEIVED": (N_("决定是否受理"), N_("申请人、被申请人和请求都要登记。"), "accept"),
    "ACCEPTED": (N_("指派调解员"), N_("指派后才能约定调解。"), "assign_mediator"),
    "ASSIGNED": (N_("约定调解"), N_("通知双方到场。"), "schedule_session"),
    "MEDIATING": (N_("达成协议或登记不成"), N_("一部分人可以先签。"), "sign_agreement"),
    "DEFAULTED": (
        N_("代为申请支付令"),
        N_("协议没有司法确认或仲裁审查，对方已逾期，可以向法院申请支付令。"),
        "apply_payment_order",
    ),
    "AGREED": (N_("登记付款"), N_("对方付款后当天登记，按人分摊。"), "record_payment"),
    "PERFORMING": (N_("登记付款"), N_("对方付款后当天登记，按人分摊。"), "record_payment"),
    "ESCALATED": (N_("登记外部结果"), N_("裁决、判决或撤回后登记，再结案。"), "record_result"),
    "PERFORMED": (N_("结案"), N_("每名申请人都有了结果。"), "close"),
    "SUSPENDED": (N_("恢复调解"), N_("中止的原因消失后恢复。"), "resume"),
}
# Rule -> the verb of the act that ends it, where somebody at the desk can do something.
RULES: Mapping[str, str] = {
    "DL-01": "accept",
    "DL-02": "notify_refusal",
    "DL-03": "hold_session",
    "LP-03": "hold_session",
    "DL-04": "apply_review",
    "DL-05": "apply_confirmation",
    "DL-15": "send_reply",
    "DL-15b": "send_reply",
    "DL-16": "send_reply",
    "DL-20": "send_reply",
}
MOST = 5


def next_step(state: DisputeCase) -> Step | None:
    """Give the next step of the stage; a failed mediation first needs the routes told (D-17)."""
    stage = state.standing
    if stage == "FAILED":
        failed = [r for r in state.workers.values() if r.track is Track.FAILED]
        if all(record.told for record in failed):
            return Step(N_("转出到其他机构"), N_("途径已经告知。"), "escalate")
        return Step(
            N_("告知救济途径"), N_("调解不成须告知可以走的途径，之后才能转出。"), "explain_routes"
        )
    if stage == "DEFAULTED" and state.order_applied_on:
        return Step(N_("登记付款"), N_("支付令已申请；付清后可以结案。"), "record_payment")
    found = STAGES.get(stage)
    return Step(*found) if found else None


def steps(state: DisputeCase, limits: Sequence[Limit], day: date) -> list[Step]:
    """List what is to be done, at most five: the step of the stage, then limits by their day."""
    first = next_step(state)
    found: list[Step] = []
    for limit in limits:
        if limit.clock.done_on or (limit.clock.right and limit.clock.due < day):
            continue
        verb = RULES.get(limit.clock.rule, "")
        if limit.clock.rule == "DL-06":
            verb = "record_default" if limit.clock.due < day else "record_payment"
        if verb:
            found.append(
                Step(limit.clock.name, limit.about, verb, limit.clock.due, limit.chip.provisional)
            )
    due = next((one for one in found if first and one.verb == first.verb), None)
    if first:
        first = first._replace(due=due.due, provisional=due.provisional) if due else first
    rest = [one for one in found if not first or one.verb != first.verb]
    return ([first] if first else [])[:1] + rest[: MOST - 1]
