"""Invented people and firms, the same ones each time: names from syllables, numbers that check.

ID numbers begin with 4499, the prefix of no district, and phones with 1380000, so that no real
person is meant (domain.md 5.1).
"""

import hashlib
import random
import uuid
from datetime import date, datetime, timedelta
from typing import NamedTuple

from domain.identity import FEMALE, MALE, check_character, credit_check, organisation_check

_SURNAMES = (
    "陈黄梁李林张何吴冯麦区邓罗谭叶温余汤吕劳古易崔司徒钟邝甄伍关任胡宋源简侯霍苏梅柯欧卢莫蔡郑周徐"
)
_MALE = "伟强志国建明辉勇杰华俊荣锋健文斌涛浩荣辉宏振邦达贤权耀庭泽宇"
_FEMALE = "丽燕芳娟玲敏静霞秀英红梅琼婷莹慧娴珍凤兰彩月雪欣怡嘉仪颖"
_PLACES = ("城西村", "南星村", "禾谷村", "五星村", "万和村", "新联村", "坪山村", "小官田村")
_TRADES = (
    ("garment", "制衣厂"),
    ("garment", "鞋业有限公司"),
    ("lamps", "灯饰有限公司"),
    ("electronics", "电子有限公司"),
    ("construction", "建筑工程队"),
    ("handcraft", "伞业有限公司"),
    ("catering", "餐饮店"),
    ("logistics", "物流有限公司"),
    ("retail", "百货商行"),
    ("domestic", "家政服务部"),
    ("security", "物业服务有限公司"),
    ("office", "印刷包装厂"),
)
_FIRST = "恒达顺兴瑞丰宏泰嘉隆联盛永昌新力"
_SECOND = "辉远诚源利发旺捷成茂和安通佳信"
_BITS = (1 << 74) - 1


def stream(kind: str, label: str, at: datetime) -> str:
    """Name a stream by its label: kind + uuid7 of the moment, alike in every demo."""
    chance = int.from_bytes(hashlib.sha256(f"{kind}/{label}".encode()).digest()[:10], "big") & _BITS
    millis = int(at.timestamp() * 1000)
    value = millis << 80 | 0x7 << 76 | chance >> 62 << 64 | 0x2 << 62 | chance & (1 << 62) - 1
    return f"{kind}-{uuid.UUID(int=value)}"


class Someone(NamedTuple):
    """An invented person, before anything is recorded."""

    id: str
    name: str
    sex: str
    birth: date
    id_no: str
    phone: str
    address: str


class Firm(NamedTuple):
    """An invented employer."""

    id: str
    name: str
    trade: str
    credit_code: str


class Roster:
    """Invents people and firms one after the other, from one seed."""

    def __init__(self, began: datetime) -> None:
        """Begin with nobody; streams are named by the day the demo's office began."""
        self._began = began
        self._chance = random.Random(20250630)  # noqa: S311 - invented names, no secret
        self.people: list[Someone] = []
        self.firms: list[Firm] = []

    def person(
        self,
        name: str = "",
        id_no: str = "",
        *,
        sex: str = "",
        born: tuple[int, int] = (1966, 2004),
    ) -> Someone:
        """Invent a person, or take a name and a number of domain.md 5.1."""
        number = len(self.people) + 1
        chance = self._chance
        if id_no:
            sex = MALE if int(id_no[16]) % 2 else FEMALE
            birth = date(int(id_no[6:10]), int(id_no[10:12]), int(id_no[12:14]))
        else:
            sex = sex or chance.choice((MALE, FEMALE))
            birth = date(born[0], 1, 1) + timedelta(chance.randrange((born[1] - born[0] + 1) * 365))
            id_no = _id_number(birth, number, sex)
        syllables = _MALE if sex == MALE else _FEMALE
        given = chance.choice(syllables) + (chance.choice(syllables) if number % 4 else "")
        made = Someone(
            stream("person", str(number), self._began),
            name or chance.choice(_SURNAMES) + given,
            sex,
            birth,
            id_no,
            f"1380000{number:04d}",
            f"鹤山市鹤城镇{chance.choice(_PLACES)}{1 + number % 200}号",
        )
        self.people.append(made)
        return made

    def relative(self, of: Someone, given: str, birth: date, sex: str = FEMALE) -> Someone:
        """Invent a member of somebody's family, by no chance: nobody else is invented otherwise."""
        number = 20_000 + len(self.people)
        return Someone(
            stream("person", f"relative/{of.id}/{given}", self._began),
            of.name[0] + given,
            sex,
            birth,
            _id_number(birth, number, sex),
            "",
            of.address,
        )

    def crowd(
        self, count: int, *, sex: str = "", born: tuple[int, int] = (1966, 2004)
    ) -> list[Someone]:
        """Invent some people."""
        return [self.person(sex=sex, born=born) for _ in range(count)]

    def firm(self, place: str, name: str = "", credit_code: str = "", trade: str = "") -> Firm:
        """Invent a firm of a place, or take a name and a code of domain.md 5.1."""
        number = len(self.firms) + 1
        kind, ending = _TRADES[number % len(_TRADES)]
        row, column = divmod(number // len(_TRADES), len(_SECOND))
        word = _FIRST[(number + row) % len(_FIRST)] + _SECOND[(column + number * 7) % len(_SECOND)]
        made = Firm(
            stream("employer", str(number), self._began),
            name or f"{place}{word}{ending}",
            trade or kind,
            credit_code or _credit_code(number),
        )
        self.firms.append(made)
        return made


def _id_number(birth: date, number: int, sex: str) -> str:
    """Make a number of GB 11643 in a district that does not exist; its check digit is right."""
    district, order = 4499_03 + number // 400, 2 * (number % 400) + (sex == MALE)
    first = f"{district}{birth:%Y%m%d}{order:03d}"
    return first + check_character(first)


def _credit_code(number: int) -> str:
    """Make a credit code of GB 32100 for an organisation that does not exist."""
    organisation = f"MAXX{1000 + number:04d}"
    first = f"91449901{organisation}{organisation_check(organisation)}"
    return first + credit_check(first)
