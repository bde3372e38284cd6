"""What a task is called, and the act that does it: the verb link of every row."""

from collections.abc import Mapping
from typing import NamedTuple

from domain.codes import Code
from domain.kernel import N_
from projections.today import Task
from web import texts
from web.fact_words import STEPS

PLACES = {"seeker": "seekers", "dispute": "disputes", "training": "classes", "job_fair": "fairs"}


class Verb(NamedTuple):
    """The words of a task and the act behind them ("": the page of the case)."""

    words: str
    act: str = ""


AGENDA: Mapping[str, Verb] = {
    "session": Verb(N_("主持调解"), "hold_session"),
    "class": Verb(N_("上课签到"), "hold_session"),
    "completion": Verb(N_("全班结业"), "complete_class"),
    "certificate": Verb(N_("登记证书"), "certify"),
    "fair": Verb(N_("登记招聘会举办情况"), "hold"),
    "intents": Verb(N_("跟踪招聘会意向"), "follow_result"),
    "notice": Verb(N_("作出困难认定（公示期满）"), "recognise_hardship"),
    "certification.human": Verb(N_("判断未经登记库核实的认定"), "uphold_hardship"),
    "subsidy": Verb(N_("审核补贴申请"), "approve_subsidy"),
    "referral": Verb(N_("登记推荐答复"), "answer_referral"),
    "verification": Verb(N_("核实就业"), "verify_placement"),
    "offered": Verb(N_("答复移交"), "accept_transfer"),
    "hold": Verb(N_("暂缓到期"), "lift_hold"),
    "step.LEAD": Verb(N_("安排首次走访"), "record_visit"),
    "step.needs": Verb(N_("评估需求"), "assess_needs"),
    "step.tier": Verb(N_("定档"), "assign_tier"),
    "step.ASSESSED": Verb(N_("制定帮扶计划"), "make_plan"),
    "step.INTAKE": Verb(N_("收下调解申请"), "receive_application"),
    "step.ACCEPTED": Verb(N_("指派调解员"), "assign_mediator"),
    "step.ASSIGNED": Verb(N_("约定调解"), "schedule_session"),
    "step.FAILED": Verb(N_("告知救济途径"), "explain_routes"),
    "step.told": Verb(N_("转出到其他机构"), "escalate"),
    "step.PERFORMED": Verb(N_("结案"), "close"),
}
# What the link to the act names, so that the form begins with it.
ASKED_BY = {
    "referral": "referral",
    "session": "session",
    "class": "session",
    "intents": "day",
    "certification.human": "hardship",
}
# Time limits by rule; what has no act of its own leads to the case.
LIMITS: Mapping[str, str] = {
    "registration": "renew_registration",
    "resume": "resume",
    "plan": "give_guidance",
    "contact": "record_follow_up?purpose=contact",
    "recognition": "cancel_hardship",
    "DL-01": "accept",
    "DL-02": "notify_refusal",
    "DL-03": "schedule_session",
    "LP-03": "schedule_session",
    "DL-04": "apply_review",
    "DL-05": "apply_confirmation",
    "DL-06": "record_payment",
    "DL-07": "apply_payment_order",
}
# The groups of the filter: what heads of codes each one takes in.
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "call": (N_("回访与联系"), ("follow_up", "contact", "intents")),
    "sit": (N_("调解、上课与招聘会"), ("session", "class", "fair")),
    "decide": (
        N_("待我审核决定"),
        ("notice", "subsidy", "refusals", "recognition", "certification"),
    ),
    "receive": (N_("待我接收"), ("offered",)),
    "wait": (N_("暂缓、暂停到期"), ("hold", "resume")),
    "limit": (
        N_("法定与承诺期限"),
        tuple(sorted({rule.partition(".")[0] for rule in STEPS if rule.startswith(("DL", "LP"))})),
    ),
    "next": (
        N_("下一步"),
        (
            "step",
            "plan",
            "registration",
            "referral",
            "verification",
            "completion",
            "certificate",
        ),
    ),
}


def words_of(task: Task) -> str:
    """Say what a task is, in the reader's language."""
    if task.what == "intents":
        return texts.say(N_("跟踪招聘会意向 第 {day} 天"), day=task.about)
    if task.what in AGENDA:
        return texts.translate(AGENDA[task.what].words)
    if task.what == "follow_up.retention":
        month = task.about.split("/")[1] if "/" in task.about else ""
        return texts.say(N_("回访稳岗 第 {month} 月"), month=month)
    found: str | Code = STEPS.get(task.what, task.what)
    return texts.label(found)


def link_of(task: Task) -> str:
    """Give the address of the act that does a task."""
    place = f"/{PLACES[task.kind]}/{task.case_id}"
    if task.what in AGENDA:
        name = ASKED_BY.get(task.what)
        asked = f"?{name}={task.about}" if name else ""
        return f"{place}/{AGENDA[task.what].act}{asked}"
    head, _, purpose = task.what.partition(".")
    if head == "follow_up":
        about = task.about.split("/")
        more = f"&placement={about[0]}&month={about[1]}" if purpose == "retention" else ""
        return f"{place}/record_follow_up?purpose={purpose}{more}"
    if head == "certification":
        return f"{place}/hardships/{task.about}/register"
    act = LIMITS.get(head, "")
    return f"{place}/{act}" if act else place
