"""What makes the blocks of each kind of paper, and how it is laid out."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from application.documents import (
    asking,
    ending,
    opening,
    overview,
    seekers,
    settling,
    support,
)
from application.documents.blocks import Block
from application.documents.scene import Scene
from domain.dispute import papers as dispute_papers
from domain.papers import Paper
from domain.seeker import papers as seeker_papers


class Kind(NamedTuple):
    """A kind of paper: its rule, what makes its blocks, letter or form."""

    paper: Paper
    blocks: Callable[[Scene], list[Block]]
    style: Literal["letter", "form"] = "letter"


def _kinds(
    papers: Mapping[str, Paper], made: Mapping[str, Callable[[Scene], list[Block]]], forms: str
) -> dict[str, Kind]:
    styled = frozenset(forms.split())
    return {
        kind: Kind(papers[kind], blocks, "form" if kind in styled else "letter")
        for kind, blocks in made.items()
    }


DISPUTE: Mapping[str, Kind] = _kinds(
    dispute_papers.PAPERS,
    {
        "application": opening.application,
        "acceptance": opening.acceptance,
        "refusal": opening.refusal,
        "representatives": opening.representatives,
        "summons": opening.summons,
        "minutes": opening.minutes,
        "agreement": settling.agreement,
        "receipt": settling.receipt,
        "performance": settling.performance,
        "failure": ending.failure,
        "transfer": ending.transfer,
        "review": asking.review,
        "confirmation": asking.confirmation,
        "order": asking.order,
        "legal_aid": asking.legal_aid,
        "petition_reply": opening.petition_reply,
        "closing": ending.ending,
        "closing_form": ending.closing_form,
        "summary": overview.summary,
        "cover": ending.cover,
    },
    "application receipt performance closing_form summary cover",
)
SEEKER: Mapping[str, Kind] = _kinds(
    seeker_papers.PAPERS,
    {
        "registration": seekers.registration,
        "unemployment": seekers.unemployment,
        "hardship_application": support.hardship_application,
        "hardship_notice": support.hardship_notice,
        "hardship_decision": support.hardship_decision,
        "plan": seekers.plan,
        "guidance": seekers.guidance,
        "referral": seekers.referral,
        "training": seekers.training,
        "follow_ups": seekers.follow_ups,
        "subsidy_application": support.subsidy_application,
        "subsidy_statement": support.subsidy_statement,
        "exit": seekers.leaving,
    },
    "registration hardship_application plan guidance follow_ups subsidy_application "
    "subsidy_statement",
)
# Papers that print time limits; their days are kept with the fact, as a calendar may change.
LIMITED = frozenset({"acceptance", "refusal", "failure", "review", "confirmation", "summary"})


def kinds_of(stream: str) -> Mapping[str, Kind]:
    """Give the kinds of paper of a case."""
    return DISPUTE if stream.startswith("dispute-") else SEEKER
