"""Names in memory: search, order, warnings, what an erasure leaves (decision 26)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from psycopg_pool import ConnectionPool

from application.people.master import MasterKey
from application.people.names import NameIndex
from application.people.pinyin import read
from application.people.vault import Vault
from domain.kernel import Event, Recorded, Redacted, Sealed, Unreadable
from domain.person.facts import (
    Erased,
    IdentityCorrected,
    Merged,
    Registered,
    ToldApart,
    Unmerged,
)

DAY = date(2026, 3, 2)
NAMES = [
    "龚凤",
    "欧阳修远",
    "单雄信",
    "李国栋",
    "曾国藩",
    "仇和",
    "解小东",
    "尉迟恭",
    "阿依古丽",
    "Ann Lee",
]


def _registered(person: str, name: str, birth: str = "1984-03-12") -> Registered:
    identity = {
        "id_type": "resident_id",
        "name": name,
        "id_no": "449901198403120229",
        "birth": birth,
    }
    return Registered(
        identity=Sealed(person, "identity", identity),
        contact=Sealed(person, "contact", {}),
        sex="female",
        domicile="440784",
    )


def _log(facts: Iterable[tuple[str, Event]]) -> list[Recorded]:
    return [
        Recorded(
            position=position,
            stream=stream,
            version=1,
            event=fact,
            command_id="",
            actor="",
            station="",
            occurred_on=DAY,
            recorded_at=datetime(2026, 3, 2, tzinfo=UTC),
        )
        for position, (stream, fact) in enumerate(facts, start=1)
    ]


def _index(log: list[Recorded]) -> NameIndex:
    """An index over clear facts: nothing is unwrapped, so no database is asked."""
    vault = Vault(ConnectionPool(open=False), MasterKey(bytes(32)), bytes(32))
    return NameIndex(vault, lambda after, limit: [r for r in log if r.position > after][:limit])


@pytest.fixture
def names() -> NameIndex:
    index = _index(_log((name, _registered(name, name)) for name in NAMES))
    assert index.follow() == len(NAMES)
    return index


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("龚凤", ["龚凤"]),
        ("国", ["李国栋", "曾国藩"]),
        (" 欧阳 ", ["欧阳修远"]),
        ("gongfeng", ["龚凤"]),
        ("GF", ["龚凤", "曾国藩"]),
        ("gong", ["龚凤", "尉迟恭"]),
        ("oyxy", ["欧阳修远"]),
        ("shanxiongxin", ["单雄信"]),
        ("danxiongxin", ["单雄信"]),
        ("zengguofan", ["曾国藩"]),
        ("qiuhe", ["仇和"]),
        ("chouhe", ["仇和"]),
        ("xiexiaodong", ["解小东"]),
        ("yuchigong", ["尉迟恭"]),
        ("ann lee", ["Ann Lee"]),
        ("ＡＮＮ", ["Ann Lee"]),
        ("zzz", []),
        ("赵", []),
        ("", []),
    ],
)
def test_a_person_is_found_by_characters_pinyin_and_initials(
    names: NameIndex, text: str, found: list[str]
) -> None:
    assert names.search(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("李国冬", ["李国栋"]),
        ("欧阳修元", ["欧阳修远"]),
        ("龚风", ["龚凤"]),
        ("龚李", []),
        ("李大冬", []),
        ("lagundong", []),
        ("liguodang", ["李国栋"]),
        ("gonfeng", ["龚凤"]),  # a letter left out
        ("gongffeng", ["龚凤"]),  # one too many
        ("gnogfeng", ["龚凤"]),  # two swapped
        ("gonfgeng", ["龚凤"]),  # two swapped in the middle
        ("zenguofan", ["曾国藩"]),
        ("公凤", ["龚凤"]),  # another character of the same sound
        ("凤龚", ["龚凤"]),
        ("欧修远", ["欧阳修远"]),  # a character left out
        ("欧阳阳修远", ["欧阳修远"]),
        ("欧修阳远", ["欧阳修远"]),
        ("解东", ["解小东"]),
        ("仇国和", ["仇和"]),
    ],
)
def test_one_wrong_character_is_tolerated_and_two_are_not(
    names: NameIndex, text: str, found: list[str]
) -> None:
    assert names.search(text) == found


def test_exact_matches_come_before_near_ones_and_the_limit_holds() -> None:
    near, exact = ("p1", _registered("p1", "安国栋")), ("p2", _registered("p2", "周国栋梁"))
    index = _index(_log([near, exact]))
    index.follow()
    assert index.search("周国栋") == ["p2", "p1"]
    assert index.search("周国栋", limit=1) == ["p2"]


def test_lists_are_ordered_by_pinyin_with_the_surnames_own_reading(names: NameIndex) -> None:
    ordered = names.order(["unknown", *NAMES])
    assert ordered == [
        *("Ann Lee", "阿依古丽", "龚凤", "李国栋", "欧阳修远", "仇和", "单雄信", "解小东"),
        *("尉迟恭", "曾国藩", "unknown"),
    ]


def test_a_surname_is_read_as_a_surname_and_initials_follow() -> None:
    assert read("单雄信").order == ("shan", "xiong", "xin")
    assert read("龚凤").initials == ("gf",)
    assert read("单于飞").order == ("chan", "yu", "fei")
    assert read("").order == ()


def test_the_same_name_and_birth_date_are_alike() -> None:
    index = _index(
        _log(
            [
                ("p1", _registered("p1", "龚凤")),
                ("p2", _registered("p2", "龚 凤")),
                ("p3", _registered("p3", "龚凤", "1984-03-13")),
                ("p4", _registered("p4", "龚凤")),
                ("p4", Merged(into="p1")),
            ]
        )
    )
    index.follow()
    assert index.alike("龚凤", date(1984, 3, 12)) == ["p1", "p2"]


def test_a_merge_is_followed_to_its_survivor_and_back() -> None:
    log = _log(
        [
            ("p1", Merged(into="p2")),
            ("p2", Merged(into="p3")),
            ("p1", ToldApart(other="p9", reason="papers")),
            ("p2", Unmerged(other="p3", reason=Sealed("p2", "reason", ""))),
        ]
    )
    index = _index(log[:3])
    index.follow()
    assert (index.survivor("p1"), index.survivor("p5")) == ("p3", "p5")
    assert index.told_apart("p9", "p1")
    assert not index.told_apart("p9", "p2")
    later = _index(log)
    later.follow()
    assert later.survivor("p1") == "p2"


def test_a_correction_renames_and_what_cannot_be_read_is_left_out() -> None:
    why = Sealed("p1", "reason", "录入有误")
    corrected = IdentityCorrected(
        identity=Sealed("p1", "identity", {"id_type": "resident_id", "name": "龚凤仪"}),
        sex="female",
        domicile="440784",
        reason=why,
    )
    gone = Registered(
        identity=Sealed("p2", "identity", Redacted()),
        contact=Sealed("p2", "contact", Redacted()),
        sex="female",
        domicile="440784",
    )
    index = _index(
        _log(
            [
                ("p1", _registered("p1", "龚凤")),
                ("p2", gone),
                ("p3", Unreadable(topic="person.registered", error="ValueError")),
                ("p1", corrected),
            ]
        )
    )
    assert index.follow() == 4
    assert (len(index), index.search("龚凤仪"), index.get("p2")) == (1, ["p1"], None)
    entry = index.get("p1")
    assert entry is not None
    assert (entry.birth, entry.last4) == (None, "")


def test_an_erasure_seen_in_the_log_drops_name_and_key(vault: Vault) -> None:
    vault.prepare(["p1", "p2"])
    log = _log([("p1", _registered("p1", "龚凤")), ("p2", _registered("p2", "刘月仙"))])
    index = NameIndex(vault, lambda after, limit: [r for r in log if r.position > after][:limit])
    index.follow()
    log += _log([*(("", Erased()) for _ in log), ("p1", Erased())])[2:]
    assert index.follow() == 3
    assert (index.get("p1"), index.search("龚凤"), len(index)) == (None, [], 1)
    assert vault.erased() == ["p1"]
