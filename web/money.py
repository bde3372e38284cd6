"""Yuan on the page, fen everywhere else: exact both ways (D-06)."""

import re

from domain.kernel import N_, Refused
from domain.money import Fen

# 8,960.00 or ￥8960 or 8960.5; never a third decimal, never an exponent.
_YUAN = re.compile(r"(-?)[¥￥]?(\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.(\d{1,2}))?元?")
_MOST_DIGITS = 12  # whole yuan
_WIDE = str.maketrans("０１２３４５６７８９．－", "0123456789.-")


def fen(text: str, *, field: str) -> Fen:
    """Read an amount in yuan exactly; what is not one is refused with D-06 at its field."""
    typed = text.translate(_WIDE).replace(" ", "").replace("\u3000", "")
    found = _YUAN.fullmatch(typed)
    digits = re.sub("[,，]", "", found[2]) if found else ""
    if not found or len(digits) > _MOST_DIGITS:
        raise Refused(
            rule="D-06",
            text=N_("“{typed}”不是金额：请填元，最多两位小数，例如 8960.50。"),
            field=field,
            typed=text,
        )
    amount = int(digits) * 100 + int((found[3] or "").ljust(2, "0"))
    return Fen(-amount if found[1] else amount)


def yuan(amount: int) -> str:
    """Write fen as yuan with separators and two decimals: 8,960.00."""
    sign = "−" if amount < 0 else ""
    whole, rest = divmod(abs(int(amount)), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def money(amount: int) -> str:
    """Write fen as an amount with its sign of currency: ¥8,960.00."""
    text = yuan(amount)
    return f"−¥{text[1:]}" if amount < 0 else f"¥{text}"


def typed_yuan(amount: int) -> str:
    """Write fen as it is typed into a field: 8960.00."""
    return yuan(amount).replace(",", "").replace("−", "-")
