"""Words of the network's pages: what a post pays, kinds of entries, states of the queue."""

from collections.abc import Mapping

from domain.codes import table
from domain.kernel import N_
from projections.posts_reader import Opening
from web import texts

ENTRY_KINDS: Mapping[str, str] = {
    "job": N_("找工作"),
    "training": N_("报名培训"),
    "wages": N_("欠薪求助"),
    "appointment": N_("预约"),
    "ticket": N_("取号"),
    "call": N_("呼叫工作人员"),
}
MATTERS: Mapping[str, str] = {
    "job": N_("找工作、看岗位"),
    "training": N_("培训、考证"),
    "wages": N_("欠薪、劳动纠纷"),
    "other": N_("补贴、证明和其他"),
}
ENTRY_STATES: Mapping[str, tuple[str, str, str]] = {
    "waiting": (N_("等待"), "s0", "warn"),
    "booked": (N_("已约"), "clock", ""),
    "called": (N_("已叫号"), "s3", ""),
    "taken": (N_("已转办"), "check", "ok"),
    "served": (N_("已接待"), "check", "ok"),
    "missed": (N_("未到"), "x", "off"),
    "declined": (N_("不予办理"), "x", "off"),
    "expired": (N_("过期清除"), "clock", "off"),
}
DECLINED = table("""duplicate | 重复提交 | sent twice
not_reached | 联系不上 | not reached
not_here | 应到其他站点 | belongs to another station
not_ours | 不属受理范围 | not our matter
withdrawn | 本人撤回 | withdrawn by the person
nonsense | 内容不实或乱填 | not meant""")
HALVES: Mapping[str, str] = {"am": N_("上午"), "pm": N_("下午")}


def pay(one: Opening) -> str:
    """Write what a post pays: a month in plain yuan, else with its unit."""
    low, high = one.pay_from // 100, one.pay_to // 100
    span = f"{low:,}–{high:,}" if high > low else f"{low:,}"
    match one.pay_unit:
        case "hour":
            return texts.say(N_("{pay} 元/小时"), pay=span)
        case "piece":
            if one.pay_from % 100 or one.pay_to % 100:
                span = f"{one.pay_from / 100:,.2f}"
            return texts.say(N_("计件 {pay} 元/件"), pay=span)
    return span


def slot_words(slot: str) -> str:
    """Write the time of an appointment: 04-17 上午."""
    day, _, half = slot.partition(" ")
    return f"{day[5:]} {texts.translate(HALVES.get(half, half))}"
