"""Identity and employer codes, phones, what a mask leaves to see, age and retirement.

GB 11643 (ID number), GB 32100 (credit code), GB 11714 (organisation code), domain.md 5.1, 4.1, 2.1.
"""

import re
from datetime import date
from typing import NamedTuple

from domain.calendar import add_months
from domain.kernel import N_, Refused

MALE, FEMALE = "male", "female"
SEXES = (MALE, FEMALE)

# Papers of a person. The first three have the shape of GB 11643; residence permits of Hong Kong,
# Macao and Taiwan begin with 81 to 83, those of foreigners with 9.
RESIDENT_ID = "resident_id"
ID_TYPES = (RESIDENT_ID, "hmt_permit", "foreigner_permit", "passport")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9]")
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# ASCII only, one @, no line break: what goes into the head of a letter adds no line to it.
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}", re.ASCII)
MOST_EMAIL = 254  # RFC 5321, 4.5.3.1.3 with the brackets
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0\d{2,3}-?[2-9]\d{6,7}(-\d{1,5})?", re.ASCII)
_OTHER_PAPER = re.compile(r"[A-Z0-9]{5,20}")

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶"
    "太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良"
    "漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生公户公玉公仪梁丘公仲"
    "公上公门公山公坚左丘公伯西门公祖第五公乘贯丘公皙南荣东里东宫仲长子书子桑即墨达奚"
    "褚师"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[i : i + 2] for i in range(0, len(_COMPOUND), 2))


class IdNumber(NamedTuple):
    """A checked number of GB 11643 and what it says."""

    number: str
    birth: date
    sex: str


def check_character(first_17: str) -> str:
    """Give the 18th character of an ID number: weighted sum mod 11 (GB 11643)."""
    weighted = sum(w * int(d) for w, d in zip(_WEIGHTS, first_17, strict=True))
    return _CHECKS[weighted % 11]


def sex_of(number: str) -> str:
    """Read the sex off an ID number in order: its 17th digit is odd for men (GB 11643)."""
    return MALE if int(number[16]) % 2 else FEMALE


def read_id_number(id_no: str, *, on: date, sex: str = "", field: str = "id_no") -> IdNumber:
    """Check an ID number in every respect and read birth and sex from it (S-03).

    `on` is the day of entry, `sex` the declared one, if any. The district is not checked beyond
    its province, as codes of dissolved districts stay on the cards.
    """
    number = id_no.strip().upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise Refused(
            rule="S-03", text=N_("证件号码须为18位数字，末位可为X，请核对。"), field=field
        )
    if not _PROVINCE.match(number):
        raise Refused(
            rule="S-03", text=N_("证件号码前两位不是有效的省份代码，请核对。"), field=field
        )
    if check_character(number[:17]) != number[17]:
        raise Refused(rule="S-03", text=N_("证件号码校验位不对，请逐位核对。"), field=field)
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        birth = None
    if birth is None:
        raise Refused(rule="S-03", text=N_("证件号码中的出生日期不存在，请核对。"), field=field)
    if birth > on:
        raise Refused(
            rule="S-03", text=N_("证件号码中的出生日期晚于登记日期，请核对。"), field=field
        )
    shown = sex_of(number)
    if sex and sex != shown:
        raise Refused(
            rule="S-03", text=N_("证件号码中的性别与填写的性别不一致，请核对。"), field="sex"
        )
    return IdNumber(number, birth, shown)


def check_paper(id_type: str, id_no: str, *, on: date, sex: str = "") -> str:
    """Give the number of any paper as it is stored, upper case, or refuse it (S-03, P-01)."""
    if id_type not in ID_TYPES:
        raise Refused(rule="P-01", text=N_("请选择证件类型。"), field="id_type")
    if id_type != "passport":
        return read_id_number(id_no, on=on, sex=sex).number
    number = id_no.strip().upper()
    if not _OTHER_PAPER.fullmatch(number):
        raise Refused(
            rule="P-01", text=N_("护照号码须为5至20位字母或数字，请核对。"), field="id_no"
        )
    return number


def organisation_check(first_8: str) -> str:
    """Give the 9th character of an organisation code (GB 11714; letters are A=10 to Z=35)."""
    weighted = sum(w * int(c, 36) for w, c in zip(_ORGANISATION_WEIGHTS, first_8, strict=True))
    return "0123456789X0"[11 - weighted % 11]


def credit_check(first_17: str) -> str:
    """Give the 18th character of a credit code: weights 3^i mod 31 (GB 32100)."""
    weighted = sum(pow(3, i, 31) * _CODE_LETTERS.index(c) for i, c in enumerate(first_17))
    return _CODE_LETTERS[(31 - weighted % 31) % 31]


def check_credit_code(code: str, *, field: str = "credit_code") -> str:
    """Give a unified social credit code as it is stored, upper case, or refuse it (V-09)."""
    code = code.strip().upper()
    if len(code) != 18:
        raise Refused(
            rule="V-09",
            text=N_("统一社会信用代码须为18位，现在是{n}位，请核对。"),
            field=field,
            n=len(code),
        )
    for place, character in enumerate(code, start=1):
        if character not in _CODE_LETTERS:
            raise Refused(
                rule="V-09",
                text=N_(
                    "统一社会信用代码第{place}位“{character}”不对：只能是数字或大写字母，不含I、O、S、V、Z。"
                ),
                field=field,
                place=place,
                character=character,
            )
    if organisation_check(code[8:16]) != code[16]:
        raise Refused(
            rule="V-09",
            text=N_("统一社会信用代码第9至17位(组织机构代码)校验位不对，请核对这几位。"),
            field=field,
        )
    if credit_check(code[:17]) != code[17]:
        raise Refused(
            rule="V-09",
            text=N_("统一社会信用代码第1至8位或第18位不对(校验位不符)，请逐位核对。"),
            field=field,
        )
    return code


def check_phone(phone: str, *, field: str = "phone") -> str:
    """Give a mobile or landline number without spaces, or refuse it (P-01)."""
    number = re.sub(r"\s", "", phone)
    if not (_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number)):
        raise Refused(
            rule="P-01",
            text=N_("电话须为11位手机号码，或区号加固定电话，如0750-8888888。"),
            field=field,
        )
    return number


def check_email(email: str, *, field: str = "email") -> str:
    """Give an address as mail is sent to, or refuse it (P-01)."""
    address = email.strip()
    if len(address) > MOST_EMAIL or not _EMAIL.fullmatch(address):
        raise Refused(rule="P-01", text=N_("“邮箱”须写成 name@example.cn 的样子。"), field=field)
    return address


def mask_email(email: str) -> str:
    """Leave the first character and the host: l***@example.cn."""
    return f"{email[:1]}***@{email.partition('@')[2]}"


def surname_length(name: str) -> int:
    """Say how many characters of a Chinese name are the surname: two for 欧阳 and the like."""
    return 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1


def mask_name(name: str) -> str:
    """Leave the surname, one star a character after it: 龚*, 欧阳**."""
    kept = surname_length(name)
    return name[:kept] + "*" * max(len(name) - kept, 1)


def mask_phone(phone: str) -> str:
    """Leave three and four digits of a mobile number, the last four of a landline."""
    if _MOBILE.fullmatch(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    return "****" + phone[-4:] if len(phone) > 4 else "****"


def mask_address(address: str) -> str:
    """Leave an address down to the town, else to the county or city."""
    town = re.match(r".*?(?:街道|镇|乡)", address) or re.match(r".*(?:区|县|市)", address)
    return f"{town.group()}****" if town else "****"


def last_four(number: str) -> str:
    """Leave the last four characters of an ID number or account."""
    return number[-4:]


def age_on(birth: date, on: date) -> int:
    """Count whole years; somebody born on 29 February grows older on 1 March."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


class _Retirement(NamedTuple):
    """One line of the reform: plain age in years, first birth month, months a step, cap."""

    years: int
    base: date
    step: int
    cap: int


_REFORM_FROM = date(2025, 1, 1)
_RETIREMENT = {
    MALE: _Retirement(60, date(1965, 1, 1), 4, 36),
    "cadre": _Retirement(55, date(1970, 1, 1), 4, 36),
    "worker": _Retirement(50, date(1975, 1, 1), 2, 60),
}


def retirement_date(birth: date, sex: str, category: str, on: date) -> date:
    """Give the statutory retirement day under the rule in force on a day (domain.md 2.1).

    `category` is cadre or worker and matters for women only. From 2025-01-01 the age grows by a
    month for each step of birth months (渐进式延迟退休); before, 60, 55 and 50 hold.
    """
    rule = _RETIREMENT[MALE if sex == MALE else category]
    months = (birth.year - rule.base.year) * 12 + birth.month - rule.base.month
    delay = 0
    if on >= _REFORM_FROM and months >= 0:
        delay = min(rule.cap, months // rule.step + 1)
    return add_months(birth, 12 * rule.years + delay)


class Identity(NamedTuple):
    """A checked identity: the record to seal and what of it may stand in clear."""

    record: dict[str, str]
    birth_year: int | None
    sex: str


def check_identity(
    *,
    name: str,
    sex: str,
    occurred_on: date,
    id_type: str = RESIDENT_ID,
    id_no: str = "",
    birth: date | None = None,
    existing: str = "",
) -> Identity:
    """Check what identifies a person (P-01, S-03); birth and sex are read from an ID number.

    `existing` is another person with the same number, looked up by the application; "" is none.
    """
    if not name.strip():
        raise Refused(rule="P-01", text=N_("请填写姓名。"), field="name")
    if sex not in SEXES:
        raise Refused(rule="P-01", text=N_("请选择性别。"), field="sex")
    if id_no.strip():
        id_no = check_paper(id_type, id_no, on=occurred_on, sex=sex)
        if id_type != "passport":
            birth = read_id_number(id_no, on=occurred_on).birth
    elif birth and birth > occurred_on:
        raise Refused(rule="S-03", text=N_("出生日期不能晚于登记日期。"), field="birth")
    if existing:
        raise Refused(
            rule="P-01",
            text=N_("该证件号码已有个人档案，请直接使用已有档案({person})。"),
            field="id_no",
            person=existing,
        )
    record = {"id_type": id_type, "name": " ".join(name.split())}
    if id_no.strip():
        record["id_no"] = id_no
    if birth:
        record["birth"] = birth.isoformat()
    return Identity(record, birth.year if birth else None, sex)
