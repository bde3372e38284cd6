"""Acts of assistance 帮扶 and of what is decided upon: hardship recognition and subsidies."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import Request

from application.store import Stamp
from domain import codes
from domain.kernel import N_
from domain.seeker import SeekerCase
from domain.seeker.standards import in_force, of_case
from domain.seeker.values import PlanItem, RestsOn
from web import texts
from web.access import parts
from web.acts import Act, Field
from web.seekers import own, words
from web.seekers.acts_case import note, reason
from web.seekers.asked import askings

HELP, MONEY = N_("帮扶"), N_("补贴认定")
DECIDE, PAY = "hardship.decide", "subsidy.decide"
MONTHS = Field(
    "months",
    N_("月份"),
    required=False,
    empty=(),
    hint=N_("如 2026-01、2026-02；一次性补贴空着。"),
    make=lambda text: tuple(re.split(r"[\s、,，;；]+", text)),
)
PROMISES = Field(
    "items",
    N_("计划"),
    "table",
    columns=(
        Field("kind", N_("服务"), "code", codes.SERVICE_KINDS),
        Field("count", N_("次数"), "int"),
        Field("due_on", N_("截止日期"), "date"),
    ),
    make=lambda kind, count, due_on: PlanItem(kind=kind, count=count, due_on=due_on),
    hint=N_("例如：职业指导，1，2026-04-30"),
)


def applied(of: tuple[str, ...]) -> Field:
    """Choose an application for recognition."""
    return Field("hardship", N_("认定申请"), "own", of=own.hardships(of), make=int)


def subsidy() -> Field:
    """Choose an application for money."""
    return Field("subsidy", N_("补贴申请"), "own", of=own.subsidies, make=int)


def resting(request: Request, _stamp: Stamp, values: dict[str, Any]) -> dict[str, Any]:
    """Put together what a subsidy rests on: placement with its licence, class, insured months."""
    chosen, insured = values.pop("rests_on"), values.pop("insured")
    kind, _, which = chosen.partition(" ")
    licence = None
    if kind == "placement":
        state = parts(request).store.load(SeekerCase, request.path_params["case"])
        licence = state.placements[int(which)].licence_no
    rests_on = RestsOn(
        placement=int(which) if kind == "placement" else None,
        training=which if kind == "training" else None,
        licence_no=licence,
        insured=insured,
    )
    return values | {"rests_on": rests_on}


def promised(request: Request, state: Any) -> Mapping[str, Any]:
    """Begin a plan with what the standard of the case promises, from today on."""
    due = of_case(state)
    today = parts(request).today()
    standards = parts(request).extra["standards"].standards()
    standard = in_force(standards, due.code, today) if due else None
    if due is None or standard is None:
        return {}
    until = today + timedelta(days=standard.within_days)
    lines = [
        f"{texts.label(codes.SERVICE_KINDS[kind])}，{count}，{until}"
        for kind, count in standard.items
    ]
    return {"standard": due.code, "items": "\n".join(lines)}


HELP_ACTS = (
    Act(
        "make_plan",
        N_("制定计划"),
        (Field("standard", N_("服务标准"), "code", codes.STANDARDS), PROMISES),
        consequence=N_("每一项都会成为一个期限；案件转为“帮扶中”。"),
        start=promised,
    ),
    Act(
        "revise_plan", N_("修订计划"), (PROMISES, reason()), consequence=N_("期限从此按新计划算。")
    ),
    Act(
        "give_guidance",
        N_("职业指导"),
        (
            Field("kind", N_("种类"), "code", codes.GUIDANCE_KINDS),
            Field("minutes", N_("分钟"), "int", required=False),
        ),
    ),
    Act(
        "explain_policy",
        N_("讲解政策"),
        (Field("policy", N_("政策"), "code", codes.POLICIES),),
    ),
    Act(
        "record_visit",
        N_("登记走访"),
        (
            Field("kind", N_("种类"), "code", codes.VISIT_KINDS),
            Field("found", N_("情况"), "code", codes.VISIT_FINDINGS),
            note(),
        ),
        consequence=N_("没有见到本人的走访不算一次联系。"),
        right="seeker.visit",
    ),
    Act("join_activity", N_("参加活动"), (Field("kind", N_("种类"), "code", codes.JOINED_KINDS),)),
    Act(
        "hold_match_meeting",
        N_("供需见面"),
        (
            Field("employer", N_("用人单位"), "employer"),
            Field("vacancy", N_("岗位"), "vacancy", required=False, empty=""),
            Field("intent", N_("双方有意向"), "bool", required=False),
        ),
        consequence=N_("有意向不等于就业，到岗后另行登记。"),
    ),
    Act(
        "take_insurance",
        N_("登记意外保险"),
        (
            Field("insurer", N_("承保单位")),
            Field("cover_from", N_("保障自"), "date"),
            Field("cover_to", N_("保障至"), "date"),
            Field("amount", N_("保费"), "money"),
        ),
    ),
)

MONEY_ACTS = (
    Act(
        "apply_for_hardship",
        N_("申请困难认定"),
        (
            Field("category", N_("困难类别"), "code", codes.HARDSHIPS),
            Field(
                "also",
                N_("同时具备的其他类别"),
                "code",
                codes.HARDSHIPS,
                required=False,
                many=True,
            ),
            Field("proofs", N_("证明材料"), "longtext", required=False),
            Field("proof_until", N_("证明有效期至"), "date", required=False),
            Field(
                "job_category",
                N_("岗位性质（女性须选）"),
                "code",
                words.JOB_CATEGORIES,
                required=False,
                empty="worker",
            ),
        ),
        consequence=N_("须公示满规定天数，由他人决定。"),
    ),
    Act(
        "post_hardship_notice",
        N_("发布公示"),
        (
            applied(("applied",)),
            Field("notice_from", N_("公示自"), "date"),
            Field("notice_to", N_("公示至"), "date"),
        ),
    ),
    Act(
        "recognise_hardship",
        N_("认定困难人员"),
        (
            applied(("on_notice",)),
            Field("valid_until", N_("有效期至"), "date", required=False),
            Field(
                "despite",
                N_("登记库不符合仍认定的理由"),
                "longtext",
                required=False,
                hint=N_("只有登记库答复“不符合”时才要填。"),
            ),
        ),
        right=DECIDE,
        aside="seekers/asked.html",
        beside=askings,
        consequence=N_("收件人不能决定自己收的申请。"),
    ),
    Act(
        "refuse_hardship",
        N_("不予认定"),
        (
            applied(("on_notice", "applied")),
            Field("reason", N_("原因"), "code", codes.REFUSAL_GROUNDS),
            Field("basis", N_("依据条款")),
        ),
        right=DECIDE,
    ),
    Act(
        "certify_hardship",
        N_("向登记库核验"),
        (applied(("applied", "on_notice", "recognised")),),
        consequence=N_("只送出身份证号和困难类别；答复记入本案，认定仍由人决定。"),
    ),
    Act(
        "uphold_hardship",
        N_("维持认定"),
        (
            applied(("recognised",)),
            Field("reason", N_("理由"), "longtext"),
            Field(
                "certify_by",
                N_("再等登记库核验至"),
                "date",
                required=False,
                hint=N_("空着表示不再等。"),
            ),
        ),
        right=DECIDE,
        consequence=N_("不再符合条件的，请办理“取消认定”。收件人不能决定自己收的申请。"),
        aside="seekers/asked.html",
        beside=askings,
    ),
    Act(
        "cancel_hardship",
        N_("取消认定"),
        (applied(("recognised",)), Field("reason", N_("原因"), "code", codes.HARDSHIP_ENDS)),
        right=DECIDE,
    ),
    Act(
        "apply_for_subsidy",
        N_("申请补贴"),
        (
            Field("kind", N_("补贴种类"), "code", codes.SUBSIDIES),
            Field("rests_on", N_("补贴依据"), "own", of=own.grounds),
            Field("amount", N_("金额"), "money"),
            MONTHS,
            Field(
                "insured",
                N_("员工参保月份"),
                required=False,
                empty=(),
                hint=N_("仅创业资助：申请前连续三个月，如 2026-01、2026-02、2026-03。"),
                make=MONTHS.make,
            ),
        ),
        prepare=resting,
    ),
    Act(
        "check_subsidy",
        N_("核查补贴"),
        (
            subsidy(),
            Field(
                "findings", N_("核查结果"), "code", codes.CHECK_FINDINGS, required=False, many=True
            ),
        ),
    ),
    Act(
        "approve_subsidy",
        N_("批准补贴"),
        (subsidy(), Field("amount", N_("批准金额"), "money")),
        right=PAY,
        consequence=N_("收件人不能批准自己收的申请。"),
    ),
    Act(
        "refuse_subsidy",
        N_("不予补贴"),
        (
            subsidy(),
            Field("reason", N_("原因"), "code", codes.REFUSAL_GROUNDS),
            Field("basis", N_("依据条款")),
        ),
        right=PAY,
    ),
    Act(
        "pay_subsidy",
        N_("登记发放补贴"),
        (
            subsidy(),
            Field("amount", N_("金额"), "money"),
            Field("voucher_no", N_("凭证号")),
            MONTHS,
        ),
        right=PAY,
    ),
    Act(
        "stop_subsidy",
        N_("停发补贴"),
        (
            subsidy(),
            Field("from_month", N_("自月份"), "month", make=lambda month: f"{month:%Y-%m}"),
            Field("reason", N_("原因"), "code", codes.STOP_REASONS),
        ),
        right=PAY,
        consequence=N_("该月及以后不再发放。"),
    ),
    Act(
        "recover_subsidy",
        N_("登记追回补贴"),
        (subsidy(), Field("amount", N_("金额"), "money"), Field("voucher_no", N_("凭证号"))),
        right=PAY,
    ),
)
