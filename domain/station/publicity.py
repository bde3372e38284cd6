"""What hangs where everybody passes: screens, notices, the directory. Nobody's data (T-04)."""

import re

from domain.kernel import N_, Refused

_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)")
TITLE_MOST, BODY_MOST = 40, 200


def check_notice(title: str, body: str) -> None:
    """Refuse a notice without title, too long for a wall, or with somebody's number (T-04)."""
    for field, text, most in (("title", title, TITLE_MOST), ("body", body, BODY_MOST)):
        if field == "title" and not text.strip():
            raise Refused(rule="T-04", text=N_("请填写告示标题。"), field=field)
        if len(text) > most:
            raise Refused(
                rule="T-04",
                text=N_("大屏上最多放得下{most}个字，现在有{now}个。"),
                field=field,
                most=most,
                now=len(text),
            )
        if names_somebody(text):
            raise Refused(
                rule="T-04",
                text=N_("公开的文字里不能有身份证号码或手机号码。"),
                field=field,
            )


def names_somebody(text: str) -> bool:
    """Say whether a text holds a number that belongs to one person."""
    return bool(_ID.search(text) or _MOBILE.search(text))


def published(text: str) -> str:
    """Give a text as it may hang in public: numbers of persons become stars."""
    return _MOBILE.sub("****", _ID.sub("****", text))
