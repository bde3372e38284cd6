"""Amounts in words 大写金额, as papers that move money write them."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
MOST = 10**18  # fen; sixteen digits of yuan


def capital(fen: int) -> str:
    """Write an amount in whole fen, as 人民币壹万零伍拾元零陆分; whole amounts end in 整.

    Raises `ValueError` for a negative amount or one of more than sixteen digits of yuan.
    """
    if not 0 <= fen < MOST:
        raise ValueError(f"No amount in words for {fen} fen.")
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"人民币{words}整"
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    return f"人民币{words}" + (f"{DIGITS[cents]}分" if cents else "整")


def _whole(yuan: int) -> str:
    """Write whole yuan; one 零 for every gap, none at the end."""
    if not yuan:
        return DIGITS[0]
    words, gap = "", False
    for place in range(len(str(yuan)) - 1, -1, -1):
        digit = yuan // 10**place % 10
        group, within = divmod(place, 4)
        if digit:
            words += (DIGITS[0] if gap else "") + DIGITS[digit] + PLACES[within]
        gap = bool(words) and not digit
        if not within and yuan // 10**place % 10_000:
            words += GROUPS[group] if not (group == 3 and _hundred_millions(yuan)) else "万"
    return words


def _hundred_millions(yuan: int) -> bool:
    """Whether 亿 follows the 万 of the fourth group by itself."""
    return bool(yuan // 10**8 % 10_000)
