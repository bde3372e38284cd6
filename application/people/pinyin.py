"""How a Chinese name sounds: full readings and initials, with the readings of surnames.

The dictionary reads 单雄信 as dan; surnames have readings of their own (experience.md 8.1). Both
are kept, so that either finds the person.
"""

import functools
from typing import NamedTuple

from pypinyin import lazy_pinyin

_SINGLE = (
    "单shan 曾zeng 仇qiu 解xie 区ou 查zha 盖ge 朴piao 繁po 任ren 华hua 黑he 召shao "
    "员yun 乜nie 佴nai 覃qin 缪miao 燕yan 折she 秘bi 逄pang 种chong 祭zhai 翟zhai 那na "
    "乐yue 车che 应ying 宁ning 纪ji 句gou 都du 晟cheng 撒sa 贲ben 盛sheng 沈shen 石shi "
    "葛ge 隗wei 郇xun 谌chen 訾zi 强qiang 曲qu 干gan 柏bai 洗xian 冼xian 宓mi 牟mou "
    "过guo 哈ha 阚kan 厘li 藏zang 尉wei 万wan 宿su 幺yao "
)
_COMPOUND = "尉迟yu,chi 万俟mo,qi 澹台tan,tai 长孙zhang,sun 令狐ling,hu 单于chan,yu 夏侯xia,hou"
_READINGS = {pair[0]: [pair[1:]] for pair in _SINGLE.split()} | {
    pair[:2]: pair[2:].split(",") for pair in _COMPOUND.split()
}


class Reading(NamedTuple):
    """Readings without tones: syllables to order by, joined texts and initials to search in."""

    order: tuple[str, ...]
    joined: tuple[str, ...]
    initials: tuple[str, ...]


def read(name: str) -> Reading:
    """Read a name; the surname's own reading comes first and gives the order."""
    plain = [_syllable(character) for character in name if not character.isspace()]
    surname = _READINGS.get(name[:2]) or _READINGS.get(name[:1])
    first = [*surname, *plain[len(surname) :]] if surname else plain
    ways = [first] if first == plain else [first, plain]
    return Reading(
        tuple(first),
        tuple("".join(way) for way in ways),
        tuple("".join(syllable[0] for syllable in way) for way in ways),
    )


@functools.lru_cache(maxsize=10_000)
def _syllable(character: str) -> str:
    """Read one character: a name is not a phrase, and a hundred thousand are read at the start."""
    return str(lazy_pinyin(character)[0]).lower()
