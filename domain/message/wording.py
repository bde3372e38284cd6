"""Wordings 消息模板: what a message says on each occasion, as data with immutable versions (M-07).

A wording has placeholders in braces out of a closed list for its occasion. The shipped wordings
are version 0; a place enters others, each a new version, and a message keeps the version it used.
"""

import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import NamedTuple

from domain.codes import known
from domain.codes_message import LANGUAGES, OCCASIONS
from domain.kernel import N_, Refused

SUBJECT_MOST, BODY_MOST, FREE_MOST, VALUE_MOST = 60, 400, 200, 80
COMMON = ("name", "station", "phone", "case_no")
# Placeholders that the sheet asks for, by occasion, in the order of the form.
ASKED: Mapping[str, tuple[str, ...]] = {
    "follow_up_due": ("date",),
    "interview": ("employer", "post", "date", "time", "place"),
    "class_reminder": ("title", "date", "time", "place"),
    "fair_reminder": ("title", "date", "time", "place"),
    "session_invitation": ("date", "time", "place"),
    "instalment_due": ("date", "amount"),
    "document_ready": ("title",),
    "free": ("text",),
}
# 15 to 19 digits, parted by spaces or dashes or not, the last perhaps the X of an identity number.
_NUMBER = re.compile(r"(?:\d[ -]?){14,18}[\dXx]", re.ASCII)
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class Wording(NamedTuple):
    """One version of what is said on an occasion in a language."""

    occasion: str
    language: str
    version: int
    subject: str
    body: str

    @property
    def key(self) -> str:
        """Name occasion, language and version, as the fact keeps them."""
        return f"{self.occasion}/{self.language}@{self.version}"


class Said(NamedTuple):
    """A filled wording: exactly what the person will read."""

    subject: str
    body: str


SHIPPED: tuple[Wording, ...] = tuple(
    Wording(occasion, language, 0, subject, body)
    for occasion, language, subject, body in (
        (
            "follow_up_due",
            "zh-CN",
            "回访提醒",
            (
                "{name}，您好。我们计划在{date}前回访您的就业情况，请保持电话畅通。"
                "如有变化请联系{station}，电话{phone}。"
            ),
        ),
        (
            "follow_up_due",
            "en",
            "Follow-up",
            (
                "Hello {name}. We plan to ask how your work "
                "is going by {date}; please keep your phone"
                " on. If anything has changed, call {station}, {phone}."
            ),
        ),
        (
            "interview",
            "zh-CN",
            "面试通知",
            (
                "{name}，您好。请于{date}{time}到{place}参加{employer}“{post}”岗位面试，"
                "带好身份证件。不能到场请提前联系{station}，电话{phone}。"
            ),
        ),
        (
            "interview",
            "en",
            "Interview",
            (
                "Hello {name}. Your interview at {employer} for "
                "{post} is on {date} at {time}, {place}."
                " Please bring your identity card. If you cannot come, call {station}, {phone}."
            ),
        ),
        (
            "class_reminder",
            "zh-CN",
            "培训开班提醒",
            (
                "{name}，您好。您报名的“{title}”于{date}{time}在{place}上课，请准时到场。"
                "联系{station}，电话{phone}。"
            ),
        ),
        (
            "class_reminder",
            "en",
            "Training class",
            (
                "Hello {name}. Your class {title} is on {date} "
                "at {time}, {place}. Please be on time."
                " {station}, {phone}."
            ),
        ),
        (
            "fair_reminder",
            "zh-CN",
            "招聘会提醒",
            (
                "{name}，您好。“{title}”于{date}{time}在{place}举办，欢迎带简历参加。"
                "联系{station}，电话{phone}。"
            ),
        ),
        (
            "fair_reminder",
            "en",
            "Job fair",
            (
                "Hello {name}. {title} is on {date} at {time}, "
                "{place}. You are welcome; bring your"
                " CV. {station}, {phone}."
            ),
        ),
        (
            "session_invitation",
            "zh-CN",
            "调解会通知",
            (
                "{name}，您好。{case_no}一案定于{date}{time}在{place}调解，请携带身份证件和有关材料"
                "准时到场。不能到场请提前联系{station}，电话{phone}。"
            ),
        ),
        (
            "session_invitation",
            "en",
            "Mediation session",
            (
                "Hello {name}. Case {case_no} will be mediated "
                "on {date} at {time}, {place}. Please"
                " bring your identity card and papers. If you "
                "cannot come, call {station}, {phone}."
            ),
        ),
        (
            "instalment_due",
            "zh-CN",
            "分期到期提醒",
            (
                "{name}，您好。{case_no}一案调解协议约定的款项{amount}于{date}到期，请按约定付款。"
                "有疑问请联系{station}，电话{phone}。"
            ),
        ),
        (
            "instalment_due",
            "en",
            "Instalment due",
            (
                "Hello {name}. Under the agreement in case {case_no}, "
                "{amount} is due on {date}; please"
                " pay as agreed. Questions: {station}, {phone}."
            ),
        ),
        (
            "document_ready",
            "zh-CN",
            "文书可领取",
            (
                "{name}，您好。{case_no}的《{title}》已出具，"
                "请带身份证件到{station}领取，电话{phone}。"
            ),
        ),
        (
            "document_ready",
            "en",
            "Document ready",
            (
                "Hello {name}. {title} of {case_no} is ready. "
                "Please collect it at {station} with your"
                " identity card, {phone}."
            ),
        ),
        ("free", "zh-CN", "通知", "{name}，您好。{text}联系{station}，电话{phone}。"),
        ("free", "en", "Notice", "Hello {name}. {text} {station}, {phone}."),
    )
)


def in_force(wordings: Iterable[Wording], occasion: str, language: str) -> Wording:
    """Give the latest wording of an occasion; one is shipped for every occasion and language."""
    known(occasion, OCCASIONS, "occasion")
    known(language, LANGUAGES, "language")
    fitting = (w for w in wordings if (w.occasion, w.language) == (occasion, language))
    return max(fitting, key=lambda one: one.version)


def check_wording(occasion: str, language: str, subject: str, body: str) -> None:
    """Refuse a wording that cannot be filled, or that is too long for a text message (M-07)."""
    known(occasion, OCCASIONS, "occasion")
    known(language, LANGUAGES, "language")
    for field, text, most in (("subject", subject, SUBJECT_MOST), ("body", body, BODY_MOST)):
        if not text.strip():
            raise Refused(rule="M-07", text=N_("请填写模板内容。"), field=field)
        if len(text) > most:
            raise Refused(rule="M-07", text=N_("模板最多{most}个字。"), field=field, most=most)
        allowed = {*COMMON, *ASKED[occasion]} if field == "body" else set()
        for name in placeholders(text, field):
            if name not in allowed:
                raise Refused(
                    rule="M-07",
                    text=N_("这种通知没有“{placeholder}”这一项。"),
                    field=field,
                    placeholder=name,
                )
    if _LINK.search(body):
        raise Refused(rule="M-07", text=N_("短信里不能放网址，以免与诈骗短信相混。"), field="body")


def placeholders(text: str, field: str = "body") -> list[str]:
    """List the placeholders of a wording; braces that do not close are refused (M-07)."""
    try:
        found = list(Formatter().parse(text))
    except ValueError as mistake:
        raise Refused(rule="M-07", text=N_("模板里的花括号没有配对。"), field=field) from mistake
    names = []
    for _, name, spec, conversion in found:
        if name is None:
            continue
        if spec or conversion or not name.isidentifier():
            raise Refused(rule="M-07", text=N_("模板里的花括号没有配对。"), field=field)
        names.append(name)
    return names


def fill(wording: Wording, values: Mapping[str, str], *, signature: str) -> Said:
    """Fill a wording; what is missing, too long or a personal number is refused (M-07, M-08)."""
    filled: dict[str, str] = {}
    for name in placeholders(wording.body):
        value = " ".join(values.get(name, "").split())
        if not value:
            raise Refused(rule="M-07", text=N_("请填写这一项，消息里要用。"), field=name)
        most = FREE_MOST if name == "text" else VALUE_MOST
        if len(value) > most:
            raise Refused(rule="M-07", text=N_("最多{most}个字。"), field=name, most=most)
        if name not in COMMON:
            _harmless(value, name)
        filled[name] = value
    body = wording.body.format_map(filled)
    return Said(wording.subject, f"【{signature}】{body}")


def _harmless(value: str, field: str) -> None:
    """Refuse identity and account numbers and links in what somebody typed (M-08)."""
    if _NUMBER.search(value):
        raise Refused(
            rule="M-08",
            text=N_("消息里不能写身份证号、银行卡号等号码。"),
            field=field,
        )
    if _LINK.search(value):
        raise Refused(rule="M-08", text=N_("消息里不能放网址，以免与诈骗短信相混。"), field=field)
