"""The code lists are whole in both languages and say what the rules know."""

from types import ModuleType

import pytest

from domain import codes, codes_dispute
from domain.kernel import Refused
from domain.seeker import records


def lists(module: ModuleType) -> dict[str, codes.CodeList]:
    found: dict[str, codes.CodeList] = {}
    found |= {n: v for n, v in vars(module).items() if n.isupper() and isinstance(v, dict)}
    assert found
    return found


@pytest.mark.parametrize("module", [codes, codes_dispute])
def test_every_code_has_words_in_both_languages_and_no_two_have_the_same(
    module: ModuleType,
) -> None:
    for name, table in lists(module).items():
        assert all(entry.code == code for code, entry in table.items()), name
        assert all(entry.zh and entry.en.isascii() for entry in table.values()), name
        assert len({entry.zh for entry in table.values()}) == len(table), name


@pytest.mark.parametrize(
    ("table", "known"),
    [
        (codes.PLACEMENT_KINDS, records.PLACEMENT_KINDS),
        (codes.STATES, records.ANY),
    ],
)
def test_a_form_offers_what_the_rules_know(table: codes.CodeList, known: frozenset[str]) -> None:
    assert set(table) == set(known)


def test_the_five_sensitive_categories_are_one_group_in_clear() -> None:
    assert set(codes.HARDSHIPS) - set(codes.HARDSHIP_GROUPS) == {
        "H02",
        "H08",
        "H09",
        "H10",
        "H12",
    }
    assert len(codes.HARDSHIPS) == 13
    assert len(codes.HARDSHIP_ENDS) == 10


def test_a_code_says_its_words_and_an_unknown_one_stands_for_itself() -> None:
    assert codes.label(codes.TIERS, "D") == "D 兜底型"
    assert codes.label(codes.TIERS, "D", "en") == "D fallback"
    assert codes.label(codes.TIERS, "Z") == "Z"
    with pytest.raises(Refused, match="Z"):
        codes.known("Z", codes.TIERS, "tier")
