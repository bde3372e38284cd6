"""Acts about a seeker's case itself: registration, assessment, responsibility, the file."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from application.store import Stamp
from domain import codes
from domain.kernel import N_
from domain.matching.hours import HOURS, bounds
from domain.seeker import SeekerCase
from web.access import parts
from web.acts import Act, Field
from web.amending import plain_value
from web.money import typed_yuan
from web.seekers import own

EDIT, REASSIGN, RECEIVE = "seeker.edit", "case.reassign", "case.receive"
OPENING, KEEPING, OTHER = N_("登记评估"), N_("归属"), N_("其他")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,80}")


def asked(request: Request, _state: Any) -> Mapping[str, str]:
    """Begin a form with what the link to it names: codes and numbers, never words."""
    query = request.query_params
    return {name: value for name, value in query.items() if _CODE.fullmatch(value)}


def reason(label: str = N_("原因")) -> Field:
    """Ask for a reason in words; it is sealed."""
    return Field("reason", label, "longtext")


def note() -> Field:
    """Ask for a note; it is sealed."""
    return Field("note", N_("备注"), "longtext", required=False)


def wished_now(_request: Request, state: SeekerCase) -> Mapping[str, Any]:
    """Begin with the wishes as they stand; a window comes back as its two times."""
    wants = state.wants
    after, before = bounds(wants.hours)
    return {
        "trades": wants.trades,
        "hours": [one for one in wants.hours if one in HOURS],
        "free_from": after,
        "free_until": before,
        "places": wants.places,
        "pay": "" if wants.pay is None else typed_yuan(wants.pay),
    }


def amended(request: Request, _stamp: Stamp, values: dict[str, Any]) -> dict[str, Any]:
    """Read the new value as the field of the fact wants it (S-17)."""
    state = parts(request).store.load(SeekerCase, request.path_params["case"])
    return values | {"value": plain_value(state, **{k: values[k] for k in _AMENDED})}


_AMENDED = ("version", "field", "value")
_VERSION = Field("version", N_("哪一条记录"), "own", of=own.records, make=int)

WISHES = (
    Field("trades", N_("想做的工种"), "code", codes.TRADES, required=False, many=True),
    Field("hours", N_("能做的时间"), "code", HOURS, required=False, many=True),
    Field(
        "free_from", N_("几点以后能做"), "time", required=False, hint=N_("例如 8:30；不限就空着。")
    ),
    Field(
        "free_until",
        N_("几点以前能做"),
        "time",
        required=False,
        hint=N_("例如 16:30；匹配时按这段时间比较。"),
    ),
    Field("places", N_("愿去的地方"), "code", codes.DISTRICTS, required=False, many=True),
    Field("pay", N_("最低月薪"), "money", required=False),
)

OPENING_ACTS = (
    Act(
        "change_wishes",
        N_("变更求职意向"),
        WISHES,
        consequence=N_("从此按新的意向匹配岗位；以前的意向留在时间线里。"),
        start=wished_now,
    ),
    Act(
        "assess_needs",
        N_("评估需求"),
        (
            Field("needs", N_("需求"), "code", codes.NEEDS, many=True),
            Field("barriers", N_("障碍"), "code", codes.BARRIERS, required=False, many=True),
            Field("activity", N_("现状"), "code", codes.ACTIVITIES, required=False, empty=""),
            note(),
        ),
        consequence=N_("需求与档次都有了，案件即为“已评估”。"),
    ),
    Act(
        "assign_tier",
        N_("定档"),
        (
            Field("tier", N_("档次"), "code", codes.TIERS),
            reason(N_("定档理由")),
        ),
        consequence=N_("联系周期随档次而定：A 档 90 天，B、C 档 30 天，D 档 15 天。"),
    ),
    Act(
        "assess_ability",
        N_("评估能力"),
        (
            Field("area", N_("方面"), "code", codes.ABILITY_AREAS),
            Field("level", N_("程度"), "code", codes.LEVELS),
            note(),
        ),
    ),
    Act(
        "assess_willingness",
        N_("评估意愿"),
        (Field("level", N_("程度"), "code", codes.LEVELS), note()),
    ),
    Act("tag_group", N_("标记人群"), (Field("group", N_("人群"), "code", codes.KEY_GROUPS),)),
    Act(
        "untag_group",
        N_("取消人群标记"),
        (Field("group", N_("人群"), "own", of=own.groups), reason()),
    ),
    Act(
        "register_unemployment",
        N_("失业登记"),
        (
            Field("lost_on", N_("失业日期"), "date"),
            Field("reason", N_("失业原因"), "code", codes.LOSS_REASONS),
            Field("promise", N_("本人已书面承诺"), "bool", required=False),
        ),
        consequence=N_("登记满一年可申请“连续失业一年以上”认定。"),
    ),
    Act(
        "cancel_unemployment",
        N_("注销失业登记"),
        (Field("reason", N_("原因"), "code", codes.UNEMPLOYMENT_ENDS),),
    ),
    Act(
        "renew_registration",
        N_("延续登记"),
        (
            Field(
                "valid_until", N_("有效期至"), "date", required=False, hint=N_("空着即延六个月。")
            ),
        ),
    ),
    Act(
        "give_consent",
        N_("登记同意"),
        (
            Field("purpose", N_("用途"), "code", codes.PURPOSES),
            Field("notice_version", N_("告知书版本")),
        ),
    ),
    Act(
        "withdraw_consent",
        N_("撤回同意"),
        (Field("purpose", N_("用途"), "own", of=own.consents),),
        consequence=N_("从此不再为该用途处理个人信息，已经发生的不受影响。"),
    ),
)

KEEPING_ACTS = (
    Act(
        "assign",
        N_("指派专员"),
        (
            Field("officer", N_("专员"), "staff"),
            Field("role", N_("职责"), "code", codes.OFFICER_ROLES),
            note(),
        ),
        consequence=N_("原责任专员转为协办人员。"),
    ),
    Act(
        "unassign",
        N_("撤销指派"),
        (Field("officer", N_("专员"), "own", of=own.officers), reason()),
        right=REASSIGN,
    ),
    Act(
        "offer_transfer",
        N_("提出移交"),
        (
            Field("to_station", N_("转往站点"), "station"),
            Field("to_officer", N_("接收人"), "staff", required=False, empty=""),
            reason(),
        ),
        consequence=N_("对方接收以前，仍由本站负责。"),
    ),
    Act(
        "accept_transfer", N_("接收移交"), right=RECEIVE, consequence=N_("案件转到本站，由您负责。")
    ),
    Act("decline_transfer", N_("退回移交"), (reason(),), right=RECEIVE),
    Act(
        "place_hold",
        N_("暂缓"),
        (
            Field("until", N_("暂缓至"), "date"),
            Field("reason", N_("原因"), "code", codes.HOLD_REASONS),
        ),
        consequence=N_("到那一天以前不再提醒。"),
    ),
    Act("lift_hold", N_("取消暂缓")),
    Act(
        "suspend",
        N_("暂停帮扶"),
        (
            Field("reason", N_("原因"), "code", codes.SUSPEND_REASONS),
            Field("until", N_("暂停至"), "date"),
        ),
        consequence=N_("暂停期间期限停走，到期须恢复或延长。"),
    ),
    Act(
        "prolong_suspension",
        N_("延长暂停"),
        (
            Field("reason", N_("原因"), "code", codes.SUSPEND_REASONS),
            Field("until", N_("延长至"), "date"),
        ),
    ),
    Act("resume", N_("恢复帮扶"), consequence=N_("案件回到暂停以前的状态。")),
    Act("close", N_("退出帮扶"), (Field("reason", N_("退出原因"), "code", codes.CLOSE_REASONS),)),
    Act(
        "reopen",
        N_("重开"),
        (Field("reason", N_("原因"), "code", codes.REOPEN_REASONS),),
        right="case.reopen",
        consequence=N_("同一案件重新登记，需求与档次须重新评估。"),
    ),
)

OTHER_ACTS = (
    Act("add_note", N_("登记备注"), (Field("note", N_("备注"), "longtext"),)),
    Act(
        "merge",
        N_("并入他案"),
        (Field("into", N_("并入案件"), "seeker"),),
        consequence=N_("本案停办，以后的事都在那一案里办。"),
    ),
    Act(
        "unmerge",
        N_("撤销合并"),
        (Field("other", N_("另一案件"), "own", of=own.merged), reason()),
    ),
    Act("link_to_dispute", N_("关联争议"), (Field("dispute", N_("争议案件"), "dispute"),)),
    Act(
        "unlink_from_dispute",
        N_("取消关联争议"),
        (Field("dispute", N_("争议案件"), "own", of=own.disputes), reason()),
    ),
    Act(
        "correct_record",
        N_("更正"),
        (
            _VERSION,
            Field("field", N_("哪一项"), "own", of=own.fields),
            Field(
                "value",
                N_("改为"),
                "text",
                hint=N_("金额填元，日期填 2026-03-02，多项用顿号隔开。"),
            ),
            reason(N_("更正理由")),
        ),
        consequence=N_("原记录保留并划去，从此按更正后的内容算。"),
        start=asked,
        prepare=amended,
    ),
    Act(
        "void_fact",
        N_("作废"),
        (_VERSION, reason(N_("作废理由"))),
        consequence=N_("该条从此不算，但仍看得见。"),
        start=asked,
    ),
)
