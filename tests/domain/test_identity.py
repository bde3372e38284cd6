"""Codes of persons and employers, masks, age, retirement: domain.md 5.1, 4.1, 2.1."""

from datetime import date

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from domain import codes_person, identity
from domain.identity import FEMALE, MALE
from domain.kernel import Refused

TODAY = date(2026, 3, 2)
CARDS = [
    ("449901198403120229", FEMALE, date(1984, 3, 12)),
    ("449901197709180465", FEMALE, date(1977, 9, 18)),
    ("449901200205060683", FEMALE, date(2002, 5, 6)),
    ("449901199302270249", FEMALE, date(1993, 2, 27)),
    ("44990119760714042X", FEMALE, date(1976, 7, 14)),
    ("449902200102030373", MALE, date(2001, 2, 3)),
    ("449902196904050318", MALE, date(1969, 4, 5)),
    ("449902198809110158", MALE, date(1988, 9, 11)),
    ("449902198206300606", FEMALE, date(1982, 6, 30)),
    ("11010519491231002X", FEMALE, date(1949, 12, 31)),
]
CODES = [
    "91449901MAXX00015D",
    "91449901MAXX000238",
    "91449901MAXX000313",
    "91449901MAXX0004XT",
    "91350100M000100Y43",
    "914403001922038216",
]


def _card(first_17: str) -> str:
    return first_17 + identity.check_character(first_17)


cards = st.builds(
    lambda born, place, nth: _card(f"4499{place:02}{born:%Y%m%d}{nth:03}"),
    st.dates(date(1930, 1, 1), TODAY),
    st.integers(0, 99),
    st.integers(0, 999),
)


@pytest.mark.parametrize(("number", "sex", "birth"), CARDS)
def test_a_valid_card_tells_birth_and_sex(number: str, sex: str, birth: date) -> None:
    assert identity.read_id_number(number, on=TODAY, sex=sex) == (number, birth, sex)


def test_a_small_x_and_spaces_around_are_stored_as_the_card_shows_them() -> None:
    assert identity.read_id_number(" 44990119760714042x ", on=TODAY).number == "44990119760714042X"


def test_the_check_digit_of_the_known_answer_is_seven() -> None:
    assert identity.check_character("44078419900101123") == "7"


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("449901198403120228", "校验位"),
        ("449901198402300228", "出生日期不存在"),
        ("44990119840312022", "18位"),
        ("4499011984031202290", "18位"),
        ("4499011984O3120229", "18位"),
        ("４４9901198403120229", "18位"),
        ("", "18位"),
        (_card("16990119840312022"), "省份"),
        (_card("44990120260303022"), "晚于"),
    ],
)
def test_a_wrong_card_is_refused_with_its_reason(number: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as told:
        identity.read_id_number(number, on=TODAY)
    assert (told.value.rule, told.value.field) == ("S-03", "id_no")


def test_a_child_born_today_has_a_valid_card() -> None:
    assert identity.read_id_number(_card("44990120260302022"), on=TODAY).birth == TODAY


@pytest.mark.parametrize("prefix", ["810000", "820000", "830000", "944103"])
def test_residence_permits_have_the_same_shape(prefix: str) -> None:
    number = _card(f"{prefix}19840312022")
    assert identity.check_paper("hmt_permit", number, on=TODAY) == number


def test_a_sex_that_contradicts_the_card_is_refused_at_its_field() -> None:
    with pytest.raises(Refused) as told:
        identity.read_id_number("449901198403120229", on=TODAY, sex=MALE)
    assert (told.value.rule, told.value.field) == ("S-03", "sex")


def test_a_passport_is_letters_and_digits_and_an_unknown_paper_is_refused() -> None:
    assert identity.check_paper("passport", " e12345678", on=TODAY) == "E12345678"
    for id_type, number in (("passport", "E1"), ("passport", "E-12345"), ("club_card", "12345")):
        with pytest.raises(Refused) as told:
            identity.check_paper(id_type, number, on=TODAY)
        assert told.value.rule == "P-01"


@each(cards, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_changed_digit_of_a_card_is_found(number: str, at: int, other: str) -> None:
    changed = number[:at] + other + number[at + 1 :]
    if changed == number:
        assert identity.read_id_number(changed, on=TODAY).number == number
    else:
        with pytest.raises(Refused):
            identity.read_id_number(changed, on=TODAY)


@each(cards, st.integers(0, 16))
def test_every_swap_of_neighbours_on_a_card_is_found(number: str, at: int) -> None:
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if swapped != number:
        with pytest.raises(Refused):
            identity.read_id_number(swapped, on=TODAY)


@pytest.mark.parametrize("code", CODES)
def test_a_valid_credit_code_is_taken_in_upper_case(code: str) -> None:
    assert identity.check_credit_code(f" {code.lower()} ") == code


@pytest.mark.parametrize("code", CODES)
def test_every_changed_character_of_a_credit_code_is_found(code: str) -> None:
    for at in range(18):
        for other in "0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZ":
            if other != code[at]:
                with pytest.raises(Refused) as told:
                    identity.check_credit_code(code[:at] + other + code[at + 1 :])
                assert (told.value.rule, told.value.field) == ("V-09", "credit_code")


@pytest.mark.parametrize("code", CODES)
def test_every_swap_of_neighbours_in_a_credit_code_is_found(code: str) -> None:
    for at in range(17):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        if swapped != code:
            with pytest.raises(Refused):
                identity.check_credit_code(swapped)


def test_the_standard_answers_of_both_codes_hold() -> None:
    assert identity.credit_check("91350100M000100Y4") == "3"
    worked = [identity.organisation_check(f"MAXX000{n}") for n in (1, 2, 3, 4)]
    assert worked == ["5", "3", "1", "X"]


def test_a_right_outer_check_does_not_hide_a_wrong_organisation_code() -> None:
    first_17 = "91449901MAXX00016"
    with pytest.raises(Refused, match="组织机构"):
        identity.check_credit_code(first_17 + identity.credit_check(first_17))


@pytest.mark.parametrize("phone", ["13800138000", "0750-8888888", "07508888888", "138 0013 8000"])
def test_mobile_and_landline_numbers_are_taken(phone: str) -> None:
    assert identity.check_phone(phone) == phone.replace(" ", "")


@pytest.mark.parametrize("phone", ["12800138000", "1380013800", "138001380001", "8888888", "x", ""])
def test_other_numbers_are_refused(phone: str) -> None:
    with pytest.raises(Refused) as told:
        identity.check_phone(phone)
    assert (told.value.rule, told.value.field) == ("P-01", "phone")


@pytest.mark.parametrize(
    ("name", "masked"),
    [("龚凤", "龚*"), ("欧阳修远", "欧阳**"), ("刘月仙", "刘**"), ("欧阳", "欧*"), ("龚", "龚*")],
)
def test_a_masked_name_keeps_the_surname(name: str, masked: str) -> None:
    assert identity.mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13812345678", "138****5678"), ("0750-8888888", "****8888"), ("", "****"), ("8888", "****")],
)
def test_a_masked_phone_keeps_three_and_four(phone: str, masked: str) -> None:
    assert identity.mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("鹤山市沙坪街道幸福路1号", "鹤山市沙坪街道****"),
        ("共和镇新村2队", "共和镇****"),
        ("江门市蓬江区港口路3号", "江门市蓬江区****"),
        ("幸福路1号", "****"),
        ("", "****"),
    ],
)
def test_a_masked_address_ends_at_the_town(address: str, masked: str) -> None:
    assert identity.mask_address(address) == masked


def test_the_last_four_of_a_card_may_end_in_x() -> None:
    assert identity.last_four("44990119760714042X") == "042X"


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2010, 3, 2), date(2026, 3, 1), 15),
        (date(2010, 3, 2), date(2026, 3, 2), 16),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_counts_whole_years(birth: date, on: date, years: int) -> None:
    assert identity.age_on(birth, on) == years


@pytest.mark.parametrize(
    ("sex", "category", "born", "retires"),
    [
        (MALE, "", "1964-12", "2024-12"),
        (MALE, "", "1965-01", "2025-02"),
        (MALE, "", "1969-04", "2030-05"),
        (MALE, "", "1976-09", "2039-09"),
        (FEMALE, "cadre", "1970-01", "2025-02"),
        (FEMALE, "cadre", "1981-09", "2039-09"),
        (FEMALE, "worker", "1975-01", "2025-02"),
        (FEMALE, "worker", "1976-07", "2027-05"),
        (FEMALE, "worker", "1977-09", "2029-02"),
        (FEMALE, "worker", "1984-03", "2038-11"),
        (FEMALE, "worker", "1984-11", "2039-11"),
    ],
)
def test_retirement_grows_by_months_since_2025(
    sex: str, category: str, born: str, retires: str
) -> None:
    birth = date.fromisoformat(f"{born}-15")
    day = identity.retirement_date(birth, sex, category, date(2025, 1, 1))
    assert day == date.fromisoformat(f"{retires}-15")


@pytest.mark.parametrize(
    ("sex", "category", "years"), [(MALE, "", 60), (FEMALE, "cadre", 55), (FEMALE, "worker", 50)]
)
def test_before_the_reform_the_plain_ages_hold(sex: str, category: str, years: int) -> None:
    birth = date(1976, 7, 14)
    day = identity.retirement_date(birth, sex, category, date(2024, 12, 31))
    assert day == birth.replace(year=1976 + years)


def test_a_month_without_the_day_ends_earlier() -> None:
    day = identity.retirement_date(date(1965, 1, 31), MALE, "", TODAY)
    assert day == date(2025, 2, 28)


def test_the_lists_of_a_form_are_those_that_are_checked() -> None:
    assert tuple(codes_person.SEX_CODES) == identity.SEXES
    assert tuple(codes_person.ID_TYPE_CODES) == identity.ID_TYPES
