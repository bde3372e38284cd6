"""How messages are told: fields of the sheet, parts people play, lines of a timeline."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from application.messages.service import Draft
from domain.codes import table
from domain.codes_message import CHANNELS, OCCASIONS, REASONS, SETTLED_HOW, STATES
from domain.identity import mask_name
from domain.kernel import N_, Event
from domain.message import facts
from projections.outbox_reader import Line as Message
from web import dates, texts
from web.case_page import Line

FIELDS: Mapping[str, str] = {
    "date": N_("日期"),
    "time": N_("时间"),
    "place": N_("地点"),
    "title": N_("名称"),
    "employer": N_("单位"),
    "post": N_("岗位"),
    "amount": N_("金额"),
    "text": N_("内容"),
    "phone": N_("联系电话"),
}
HINTS: Mapping[str, str] = {
    "text": N_("最多200字。不写证件号、账号和网址；不写病情、纠纷细节等不便让旁人看到的内容。"),
}
LABELS: Mapping[str, str] = {
    **FIELDS,
    "recipient": N_("发给谁"),
    "channel": N_("渠道"),
    "language": N_("语言"),
    "occasion": N_("通知事项"),
    "how": N_("怎样告知的"),
    "email": N_("邮箱"),
}
SUBJECT, BODY = N_("标题（邮件）"), N_("正文")
PLACEHOLDERS: Mapping[str, str] = {
    "name": N_("收件人姓名"),
    "station": N_("站名"),
    "case_no": N_("案件编号"),
    **FIELDS,
}
ROLES: Mapping[str, str] = {
    "seeker": N_("求职者"),
    "claimant": N_("申请人"),
    "respondent": N_("单位联系人"),
}
SAYS = N_("消息：{occasion}（{channel}）")
# Icon and tone of each state; the word is the code list's.
LOOKS: Mapping[str, tuple[str, str]] = {
    "queued": ("clock", ""),
    "dry": ("eye", "off"),
    "handed_over": ("right", "warn"),
    "delivered": ("check", "ok"),
    "failed": ("alert", "bad"),
    "unknown": ("help", "bad"),
    "withdrawn": ("out", "off"),
}


COURSE = table("""queued | 放入待发 | put into the queue
repeated | 已重发为另一条 | said again as another message
deferred | 通道没有接，稍后再试 | not taken, to be tried again
handed_over | 已交给通道 | handed over to the channel
written_down | 演练：只写入记录，没有发送 | dry run: written down, nobody was told
outcome_unknown | 不知通道是否收下 | nobody knows whether the channel has it
delivered | 回执：已送达 | receipt: delivered
failed | 失败 | failed
withdrawn | 撤回 | taken back
settled | 另行告知 | told otherwise""")


def told(event: Event) -> tuple[str, str]:
    """Say a fact of a message: its name, and what it adds."""
    return texts.label(COURSE[event.TOPIC.partition(".")[2]]), _detail(event)


def _detail(event: Event) -> str:
    said = ""
    match event:
        case facts.Queued(not_before=moment):
            said = texts.say(N_("最早 {at} 交给通道"), at=dates.minute(moment))
        case facts.Deferred(reason=reason, retry_at=moment):
            at = dates.minute(moment)
            said = texts.say(N_("{reason}；{at} 再试"), reason=_reason(reason), at=at)
        case facts.HandedOver(adapter=adapter, reference=reference):
            said = f"{adapter} {reference}".strip()
        case facts.OutcomeUnknown(reason=reason):
            said = _reason(reason)
        case facts.Failed(reason=reason, detail=detail):
            said = f"{_reason(reason)} {detail}".strip()
        case facts.Delivered(receipt=receipt):
            said = receipt
        case facts.Settled(how=how):
            said = texts.label(SETTLED_HOW[how])
    return said


def _reason(code: str) -> str:
    return texts.label(REASONS[code]) if code in REASONS else code


def legible(draft: Draft, *, full: bool) -> str:
    """Write the text as a reader may see it: the very words, the name masked for others."""
    if full or not draft.name:
        return draft.said.body
    return draft.said.body.replace(draft.name, mask_name(draft.name))


def state_of(message: Message) -> str:
    """Say what became of a message, with the reason where there is one."""
    word = texts.label(STATES[message.state])
    if not message.reason:
        return word
    return texts.say(N_("{state}：{reason}"), state=word, reason=_reason(message.reason))


def lines(
    found: Sequence[Message],
    place: str,
    *,
    upto: int | None,
    staff: Callable[[str], str],
) -> list[Line]:
    """Write messages as lines of the case's timeline.

    `upto` is the position that a replay stands at: what became of a message later is left out.
    """
    return [
        Line(
            icon="phone",
            tone="doc",
            text=texts.say(
                SAYS,
                occasion=texts.label(OCCASIONS[one.occasion]),
                channel=texts.label(CHANNELS[one.channel]),
            ),
            detail=state_of(one) if upto is None else "",
            actor=staff(one.account),
            occurred_on=dates.local(one.queued_at).date(),
            recorded_at=one.queued_at,
            position=one.queued_position,
            href=f"{place}/messages/{one.message}",
        )
        for one in found
        if upto is None or one.queued_position <= upto
    ]


def woven(
    days: Sequence[tuple[date, list[Line]]], added: Sequence[Line]
) -> list[tuple[date, list[Line]]]:
    """Put further lines into a timeline, each at its moment; a shortened one stays short."""
    if not added:
        return list(days)
    oldest = min((day for day, _ in days), default=date.min)
    by_day = {day: list(lines) for day, lines in days}
    for line in added:
        day = dates.local(line.recorded_at).date()
        if day >= oldest:
            by_day.setdefault(day, []).append(line)
    return [
        (day, sorted(lines, key=lambda one: one.position, reverse=True))
        for day, lines in sorted(by_day.items(), reverse=True)
    ]
