"""Numbers of cases as people type them: brackets, blanks and full-width digits do not matter."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[^0-9A-Z\u4e00-\u9fff]")


def plain(number: str) -> str:
    """Give what is compared of a number, as 鹤劳调20260159 or JS4407842026000123."""
    written = unicodedata.normalize("NFKC", number).upper()
    return _SEPARATORS.sub("", written).removesuffix("号")
