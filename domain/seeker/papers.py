"""The papers of a seeker's case 求职文书 (domain.md 9.2), and when each can be issued."""

from collections.abc import Callable, Sequence

from domain.kernel import N_
from domain.papers import WHOLE, Paper, Papers, listed
from domain.seeker.facts import GuidanceGiven
from domain.seeker.state import SeekerState

State = SeekerState


def _when(holds: Callable[[State], object]) -> Callable[[State], Sequence[str]]:
    return lambda case: WHOLE if holds(case) else ()


def _hardships(*standings: str) -> Callable[[State], Sequence[str]]:
    return lambda case: [str(h.no) for h in case.hardships.values() if h.standing in standings]


def _noticed(case: State) -> Sequence[str]:
    return [str(h.no) for h in case.hardships.values() if h.notice_from]


def _referrals(case: State) -> Sequence[str]:
    return [str(one.no) for one in case.referrals.values() if one.standing != "suspended"]


def _trained(case: State) -> Sequence[str]:
    done = {"completed", "certified"}
    return [one.training for one in case.enrolments.values() if one.standing in done]


def _subsidies(case: State) -> Sequence[str]:
    return [str(one.no) for one in case.subsidies.values()]


def _decided(case: State) -> Sequence[str]:
    done = {"approved", "refused", "paid", "stopped", "recovered"}
    return [str(one.no) for one in case.subsidies.values() if one.standing in done]


PAPERS: Papers = listed(
    (
        Paper(
            "registration",
            N_("求职登记表"),
            "S-00",
            N_("线索还没有登记，没有求职登记表。"),
            _when(lambda case: case.registered_on),
        ),
        Paper(
            "unemployment",
            N_("失业登记回执"),
            "S-00",
            N_("没有有效的失业登记。"),
            _when(lambda case: case.unemployment),
        ),
        Paper(
            "hardship_application",
            N_("就业困难人员认定申请表"),
            "S-03",
            N_("没有提出就业困难人员认定申请。"),
            _hardships("applied", "on_notice", "recognised", "refused", "cancelled"),
        ),
        Paper(
            "hardship_notice",
            N_("就业困难人员认定公示"),
            "S-03",
            N_("认定申请还没有公示。"),
            _noticed,
        ),
        Paper(
            "hardship_decision",
            N_("就业困难人员认定决定书"),
            "S-03",
            N_("认定申请还没有作出决定。"),
            _hardships("recognised", "refused", "cancelled"),
        ),
        Paper(
            "plan",
            N_("就业援助计划"),
            "S-00",
            N_("还没有制定就业援助计划。"),
            _when(lambda case: case.plan),
        ),
        Paper(
            "guidance",
            N_("职业指导记录"),
            "S-00",
            N_("还没有做过职业指导。"),
            _when(lambda case: any(isinstance(f, GuidanceGiven) for f, _ in case.history)),
        ),
        Paper(
            "referral",
            N_("岗位推荐信"),
            "S-07",
            N_("没有可以开推荐信的岗位推荐。"),
            _referrals,
        ),
        Paper(
            "training",
            N_("培训结业证明"),
            "S-10",
            N_("还没有结业的培训。"),
            _trained,
        ),
        Paper(
            "follow_ups",
            N_("回访记录"),
            "S-00",
            N_("还没有回访记录。"),
            _when(lambda case: case.contacts),
        ),
        Paper(
            "subsidy_application",
            N_("补贴申请表"),
            "S-12",
            N_("没有提出补贴申请。"),
            _subsidies,
        ),
        Paper(
            "subsidy_statement",
            N_("补贴审批与发放情况"),
            "S-14",
            N_("补贴申请还没有审批。"),
            _decided,
        ),
        Paper(
            "exit",
            N_("退出帮扶告知书"),
            "S-00",
            N_("本案没有退出。"),
            _when(lambda case: case.closed_on and case.standing == "CLOSED"),
        ),
    )
)
