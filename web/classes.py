"""The desk of training classes 培训班: open, sign in, move, complete."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request

from application.classes import RIGHT
from domain.codes import CERTIFICATES, TRADES, table
from domain.kernel import N_
from domain.training import TrainingClass
from domain.training.facts import Lesson
from web.access import parts
from web.acts import Act, Field
from web.fact_tell import Teller

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
homework_set | 布置作业 | homework set
homework_graded | 作业评分 | homework graded
class_completed | 全班结业 | class completed
class_cancelled | 取消 | class cancelled
record_corrected | 更正 | corrected
fact_voided | 作废 | voided""")
TELLER = Teller(
    facts=FACTS,
    labels={
        "title": N_("名称"),
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
        "no": N_("第几次"),
        "due_on": N_("交作业日期"),
    },
    lists={"trade": TRADES, "class_opened.kind": KINDS, "mode": MODES},
    kinds={
        "provider": "employer",
        "employer": "employer",
        "instructor": "staff",
        "venue": "station",
    },
    special={Lesson: lambda one: f"{one.no} · {one.on} · {one.hours}"},
    hidden=frozenset({"series", "seeker", "present", "completers", "grades"}),
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


def homework(course: TrainingClass, _directory: Any) -> Pairs:
    """Offer the pieces of homework."""
    return [(str(one.no), f"{one.no} · {one.title}") for one in course.homework.values()]


def ready(request: Request, course: TrainingClass) -> Mapping[str, Any]:
    """Tick those who attended enough and passed their homework, and their cases with them."""
    settings, today = parts(request).extra["settings"](), parts(request).today()
    percent = settings.value("attendance_percent", today)
    least = settings.value("homework_grade", today)
    done = [
        seeker
        for seeker in course.seats
        if course.attends_enough(seeker, percent) and not course.ungraded(seeker, least)
    ]
    return {"completers": done, "cases": "1"}


def lesson() -> Field:
    """Choose a lesson."""
    return Field("session", N_("第几课"), "own", of=lessons, make=int)


# A sheet of the class page: no decision of the class, but of the cases of those who completed it.
CERTIFY = Act(
    "certify",
    N_("登记全班证书"),
    (
        Field("kind", N_("证书种类"), "code", CERTIFICATES),
        Field("level", N_("等级"), required=False),
    ),
    N_("编号记在各人案件里；还没有证书的人空着，以后再登记。"),
    RIGHT,
)


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
                Field("venue", N_("地点"), "station"),
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
                Field(
                    "employer",
                    N_("订单单位"),
                    "employer",
                    required=False,
                    empty="",
                    hint=N_("订单班、岗前班填用工的单位。"),
                ),
                Field(
                    "instructor",
                    N_("教师"),
                    "teacher",
                    required=False,
                    empty="",
                    hint=N_("求职者也可以当教师。"),
                ),
                Field("series", N_("系列"), required=False, hint=N_("同一系列各期填一样的名称。")),
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
                Field("instructor", N_("教师"), "teacher"),
                Field("hours", N_("课时"), "int"),
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
            "set_homework",
            N_("布置作业"),
            (Field("title", N_("作业题目")), Field("due_on", N_("交作业日期"), "date")),
            N_("线上、混合班的作业都达到及格分才能结业。"),
            RIGHT,
        ),
        Act(
            "grade_homework",
            N_("作业评分"),
            (Field("no", N_("第几次"), "own", of=homework, make=int),),
            N_("0 至 100 分；重新评分以后一次为准，没填的不变。"),
            RIGHT,
        ),
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
                Field("cases", N_("同时在各人案件里登记结业"), "bool", required=False),
            ),
            N_("出勤未达比例、作业未及格的不能结业。"),
            RIGHT,
            start=ready,
        ),
        Act(
            "cancel_class", N_("取消培训班"), (Field("reason", N_("原因"), "longtext"),), "", RIGHT
        ),
    )
