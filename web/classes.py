"""The desk of training classes 培训班: open, sign in, move, complete."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from starlette.requests import Request

from application.classes import RIGHT
from domain.codes import TRADES, table
from domain.kernel import N_
from domain.training import TrainingClass
from domain.training.facts import Lesson
from projections.directory_reader import Entry
from web import texts
from web.access import parts
from web.acts import Act, Desk, Field
from web.fact_tell import Names, Teller
from web.resources import Cells, Resource, pages

KINDS = table("""skill | 技能培训 | skill
pre_job | 岗前培训 | pre-job
order_based | 订单培训 | to order
startup | 创业培训 | startup
public_interest | 公益课 | public interest
night_school | 夜校 | night school""")
MODES = table("""offline | 线下 | on site
online | 线上 | online
hybrid | 线上线下 | hybrid""")
STATES = table("""planned | 报名中 | open for enrolment
full | 已报满 | full
running | 上课中 | running
completed | 已结业 | completed
cancelled | 已取消 | cancelled""")
FACTS = table("""class_opened | 开班 | opened
seat_taken | 报名占位 | seat taken
seat_released | 退还名额 | seat given back
wait_listed | 登记候补 | put on the waiting list
session_held | 上课签到 | session held
session_moved | 调课 | session moved
session_cancelled | 停课 | session cancelled
class_completed | 全班结业 | class completed
class_cancelled | 取消 | class cancelled
record_corrected | 更正 | corrected
fact_voided | 作废 | voided""")
TELLER = Teller(
    facts=FACTS,
    labels={
        "title": N_("班名"),
        "trade": N_("工种"),
        "kind": N_("种类"),
        "level": N_("等级"),
        "provider": N_("培训机构"),
        "venue": N_("地点"),
        "employer": N_("订单单位"),
        "instructor": N_("教师"),
        "capacity": N_("名额"),
        "mode": N_("方式"),
        "sessions": N_("课次"),
        "subsidised": N_("享受补贴"),
        "seeker": N_("学员"),
        "reason": N_("原因"),
        "session": N_("第几课"),
        "hours": N_("课时"),
        "present": N_("到课学员"),
        "on": N_("日期"),
        "completers": N_("结业学员"),
    },
    lists={"trade": TRADES, "class_opened.kind": KINDS, "mode": MODES},
    kinds={"provider": "employer", "employer": "employer", "instructor": "staff"},
    special={Lesson: lambda one: f"{one.no} · {one.on} · {one.hours}"},
    hidden=frozenset({"series", "seeker", "present", "completers"}),
)
Named = Callable[[str], str]
Pairs = Sequence[tuple[str, str]]


def seated(named: Named) -> Callable[[TrainingClass, Any], Pairs]:
    """Offer those who have a seat."""
    return lambda course, _directory: [(seeker, named(seeker)) for seeker in course.seats]


def lessons(course: TrainingClass, _directory: Any) -> Pairs:
    """Offer the lessons that were neither held nor cancelled."""
    return [
        (str(one.no), f"{one.no} · {one.on}")
        for one in course.lessons
        if one.no not in course.held and one.no not in course.cancelled
    ]


def lesson() -> Field:
    """Choose a lesson."""
    return Field("session", N_("第几课"), "own", of=lessons, make=int)


def acts(named: Named) -> tuple[Act, ...]:
    """Give the acts; `named` says who a seeker's case is about, as may be seen."""
    return (
        Act(
            "open_class",
            N_("开班"),
            (
                Field("title", N_("班名")),
                Field("trade", N_("工种"), "code", TRADES),
                Field("kind", N_("种类"), "code", KINDS),
                Field("provider", N_("培训机构"), "employer"),
                Field("venue", N_("地点")),
                Field("capacity", N_("名额"), "int"),
                Field("mode", N_("方式"), "code", MODES),
                Field(
                    "sessions",
                    N_("课次"),
                    "table",
                    columns=(
                        Field("no", N_("第几课"), "int"),
                        Field("on", N_("日期"), "date"),
                        Field("hours", N_("课时"), "int"),
                    ),
                    make=lambda no, on, hours: Lesson(no=no, on=on, hours=hours),
                ),
                Field("subsidised", N_("享受补贴"), "bool", required=False),
                Field("level", N_("等级"), required=False),
                Field("employer", N_("订单单位"), "employer", required=False, empty=""),
                Field("instructor", N_("教师"), "staff", required=False, empty=""),
            ),
            N_("机构的证照须已核验。报名在求职案件里办。"),
            RIGHT,
            begins=True,
        ),
        Act(
            "hold_session",
            N_("上课签到"),
            (
                lesson(),
                Field("instructor", N_("教师"), "staff"),
                Field("hours", N_("课时"), "int"),
                Field(
                    "present", N_("到课学员"), "own", required=False, many=True, of=seated(named)
                ),
            ),
            N_("出勤只在这里登记，结业时按它计算。"),
            RIGHT,
        ),
        Act("move_session", N_("调课"), (lesson(), Field("on", N_("改到"), "date")), "", RIGHT),
        Act(
            "cancel_session",
            N_("停课"),
            (lesson(), Field("reason", N_("原因"), "longtext")),
            "",
            RIGHT,
        ),
        Act("wait_list", N_("登记候补"), (Field("seeker", N_("学员"), "seeker"),), "", RIGHT),
        Act(
            "complete_class",
            N_("全班结业"),
            (
                Field(
                    "completers",
                    N_("结业学员"),
                    "own",
                    required=False,
                    many=True,
                    of=seated(named),
                ),
            ),
            N_("出勤未达比例的不能结业；每名学员还须在其案件里登记结业。"),
            RIGHT,
        ),
        Act(
            "cancel_class", N_("取消培训班"), (Field("reason", N_("原因"), "longtext"),), "", RIGHT
        ),
    )


def row(entry: Entry, _names: Names, _today: date) -> Cells:
    """List a class."""
    return (entry.parent, str(entry.seats), entry.until.isoformat() if entry.until else "")


def facts(state: Any, names: Names, _today: date) -> Sequence[tuple[str, str]]:
    """Say what a class is, and how far it is."""
    opened = state.history[0][0]
    return (
        (N_("种类"), texts.label(KINDS[opened.kind]) if opened.kind in KINDS else ""),
        (N_("工种"), texts.label(TRADES[state.trade]) if state.trade in TRADES else ""),
        (N_("培训机构"), names.employer(opened.provider)),
        (N_("地点"), state.venue),
        (N_("名额"), f"{state.capacity - len(state.seats)} / {state.capacity}"),
        (N_("候补"), str(len(state.waiting) or "")),
        (N_("已上课次"), f"{len(state.held)} / {state.planned}"),
        (N_("课次"), "  ".join(f"{one.no} · {one.on}" for one in state.lessons)),
        (N_("结业人数"), str(len(state.completers) or "")),
    )


RESOURCE = Resource(
    kind="training",
    title=N_("培训班"),
    head=(N_("班名"), N_("地点"), N_("名额"), N_("最后一课")),
    row=row,
    name=lambda state: state.title,
    facts=facts,
    states=STATES,
    tell=TELLER,
    links=lambda _state, stream: ((f"/classes/{stream}/sheet", N_("签到表和结业名册"), "print"),),
)


def class_desk(service: object, named: Named = str) -> Desk:
    """Make the desk over `application.classes.Classes`."""
    routes = pages(_desk, RESOURCE, "/classes")
    return Desk("classes", "training", N_("培训班"), TrainingClass, (service,), acts(named), routes)


def _desk(request: Request) -> Desk:
    return parts(request).desks["classes"]
