"""Amounts in words: the examples of the banks' rule, and reading back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.documents.capital import DIGITS, MOST, capital

UNITS = {"拾": 10, "佰": 100, "仟": 1_000}


def whole(words: str) -> int:
    """Read whole yuan: 亿 and 万 part the words, highest first."""
    for unit, times in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            high, low = words.rsplit(unit, 1)
            return whole(high) * times + whole(low)
    return sum(
        DIGITS.index(digit) * UNITS.get(unit, 1)
        for digit, unit in re.findall(f"([{DIGITS[1:]}])([拾佰仟]?)", words)
    )


def read(words: str) -> int:
    """Read an amount in words back to fen."""
    yuan, _, rest = words.removeprefix("人民币").rpartition("元")
    found = {unit: digit for digit, unit in re.findall(f"([{DIGITS}])([角分])", rest)}
    small = [DIGITS.index(found.get(unit, DIGITS[0])) for unit in ("角", "分")]
    return whole(yuan) * 100 + small[0] * 10 + small[1]


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "人民币零元整"),
        (6, "人民币陆分"),
        (50, "人民币伍角整"),
        (140_950, "人民币壹仟肆佰零玖元伍角整"),
        (600_714, "人民币陆仟零柒元壹角肆分"),
        (32_504, "人民币叁佰贰拾伍元零肆分"),
        (1_000_000, "人民币壹万元整"),
        (10_000_000, "人民币壹拾万元整"),
        (1_005_006, "人民币壹万零伍拾元零陆分"),
        (10_000_000_100, "人民币壹亿零壹元整"),
        (10**14, "人民币壹万亿元整"),
        (10**14 + 10**10, "人民币壹万零壹亿元整"),
    ],
)
def test_amounts_are_written_as_the_banks_rule_says(fen: int, words: str) -> None:
    assert capital(fen) == words


@given(st.integers(0, MOST - 1))
def test_every_amount_reads_back_to_the_fen(fen: int) -> None:
    assert read(capital(fen)) == fen


@given(st.integers(0, MOST - 1))
def test_no_amount_has_two_zeros_together_or_a_dangling_one(fen: int) -> None:
    words = capital(fen)
    assert "零零" not in words
    assert not re.search("零[万亿]", words)
    assert fen == 0 or fen < 100 or "零元" not in words


@pytest.mark.parametrize("fen", [-1, MOST])
def test_an_amount_that_has_no_words_is_an_error(fen: int) -> None:
    with pytest.raises(ValueError, match="No amount in words"):
        capital(fen)
