"""Acts and words of job fairs 招聘会: announce, let firms in, count, note intents, follow up."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request

from application.fairs import RIGHT
from domain.codes import table
from domain.job_fair import FOLLOW_UPS, JobFair
from domain.kernel import N_
from domain.money import Fen
from web.acts import Act, Field
from web.fact_tell import Teller

MODES = table("""onsite | 现场招聘会 | on site
community | 社区(村)招聘会 | community
night | 夜市招聘会 | night market
live_stream | 直播带岗 | live stream
mobile | 招聘大篷车 | caravan""")
STATES = table("""announced | 已公告 | announced
held | 已举办 | held
cancelled | 已取消 | cancelled""")
FACTS = table("""announced | 公告 | announced
employer_joined | 单位报名 | employer joined
employer_left | 单位退出 | employer left
held | 举办 | held
intent_recorded | 登记初步意向 | intent recorded
result_followed | 会后跟踪 | results followed
cancelled | 取消 | cancelled
record_corrected | 更正 | corrected
fact_voided | 作废 | voided""")
TELLER = Teller(
    facts=FACTS,
    labels={
        "name": N_("名称"),
        "mode": N_("形式"),
        "on": N_("日期"),
        "place": N_("地点"),
        "safety_plan": N_("安全预案"),
        "employer": N_("用人单位"),
        "headcount": N_("招聘人数"),
        "firms": N_("到场单位"),
        "posts": N_("岗位人数"),
        "visitors": N_("到场人数"),
        "cvs": N_("收到简历"),
        "intents": N_("初步意向"),
        "day": N_("第几天"),
        "placed": N_("实际就业"),
        "reason": N_("原因"),
    },
    lists={"mode": MODES},
    kinds={"employer": "employer"},
    hidden=frozenset({"series", "vacancies", "seeker", "vacancy"}),
)
Named = Callable[[str], str]


def announced(_request: Any, _stamp: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Read the fee, which must be none (J-02)."""
    return values | {"fee": values["fee"] or Fen(0)}


def acts(post: Named) -> tuple[Act, ...]:
    """Give the acts; `post` names a vacancy."""

    def offered(fair: JobFair, _directory: Any) -> list[tuple[str, str]]:
        return [(one, post(one)) for posts in fair.posts.values() for one in posts]

    def firms(fair: JobFair, directory: Any) -> list[tuple[str, str]]:
        return [(firm, directory.employer(firm)) for firm in fair.firms]

    def open_days(fair: JobFair, _directory: Any) -> list[tuple[str, str]]:
        return [(str(day), str(day)) for day in FOLLOW_UPS if day not in fair.followed]

    return (
        Act(
            "announce",
            N_("公告招聘会"),
            (
                Field("name", N_("名称")),
                Field("mode", N_("形式"), "code", MODES),
                Field("on", N_("日期"), "date"),
                Field("place", N_("地点"), hint=N_("直播填平台和直播间，大篷车填停靠点。")),
                Field("safety_plan", N_("有安全预案"), "bool", required=False),
                Field("series", N_("系列"), required=False),
                Field(
                    "fee", N_("向求职者收费"), "money", required=False, hint=N_("依法不得收费。")
                ),
            ),
            N_("公告后请用人单位报名；单位证照和岗位都要先核实。"),
            RIGHT,
            begins=True,
            prepare=announced,
        ),
        Act("join_employer", N_("单位报名"), (), N_("只列在招的岗位。"), RIGHT),
        Act(
            "leave_employer",
            N_("单位退出"),
            (Field("employer", N_("用人单位"), "own", of=firms),),
            "",
            RIGHT,
        ),
        Act(
            "hold",
            N_("登记举办情况"),
            (
                Field("firms", N_("到场单位"), "int"),
                Field("posts", N_("岗位人数"), "int"),
                Field(
                    "visitors",
                    N_("到场人数"),
                    "int",
                    hint=N_("直播填观看人数；只记人数，不记姓名。"),
                ),
                Field("cvs", N_("收到简历"), "int"),
                Field("intents", N_("初步意向"), "int"),
            ),
            N_("初步意向不是就业；15 天和 30 天后跟踪到实际就业。"),
            RIGHT,
        ),
        Act(
            "record_intent",
            N_("登记初步意向"),
            (
                Field("seeker", N_("求职者"), "seeker"),
                Field("vacancy", N_("岗位"), "own", of=offered),
            ),
            N_("登记后可从列表去推荐；意向不计入就业。"),
            RIGHT,
        ),
        Act(
            "follow_result",
            N_("登记跟踪结果"),
            (
                Field("day", N_("第几天"), "own", of=open_days, make=int),
                Field("placed", N_("实际就业"), "int", hint=N_("下面列出已核实到岗的人，供核对。")),
            ),
            "",
            RIGHT,
            start=asked,
        ),
        Act("cancel", N_("取消招聘会"), (Field("reason", N_("原因"), "longtext"),), "", RIGHT),
    )


def asked(request: Request, _state: Any) -> Mapping[str, str]:
    """Begin with the numbers that the link names."""
    given = request.query_params
    return {n: given[n] for n in ("day", "placed") if given.get(n, "").isdigit()}
