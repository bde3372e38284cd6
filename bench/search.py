"""Search by name over 100,000 persons in memory: how long, and what the names cost (ADR 0024)."""

import gc
import random
import tracemalloc
from collections.abc import Iterator
from datetime import date
from statistics import median
from time import perf_counter, process_time

from psycopg_pool import ConnectionPool

from application.people.master import MasterKey
from application.people.names import Entry, NameIndex
from application.people.pinyin import read
from application.people.vault import Vault
from bench.report import Figure, p95
from bench.rig import Rig

MANY = 100_000
FLOOR = 100.0  # milliseconds, F-16
SURNAMES = (
    "陈黄梁李林张何吴冯麦区邓罗谭叶温余汤吕劳古易崔钟邝甄伍关任胡宋源简侯霍苏梅柯欧卢莫蔡郑"
    "周徐王刘赵孙马朱曾"
)
GIVEN = (
    "伟强志国建明辉勇杰华俊荣锋健文斌涛浩振邦达贤权耀庭泽宇丽燕芳娟玲敏静霞秀英红梅琼婷莹慧娴珍凤兰"
    "彩月雪欣怡嘉仪颖晓东小海春光永福德生家宝世昌金水木火土云雨天地山川河江"
)


def run(rig: Rig) -> None:
    """Fill an index with invented names and ask it what a counter asks."""
    many = MANY // 10 if rig.quick else MANY
    chance = random.Random(16)  # noqa: S311 - invented names
    vault = Vault(ConnectionPool(open=False), MasterKey(bytes(32)), bytes(32))
    gc.collect()
    tracemalloc.start()
    index, names = NameIndex(vault, lambda _after, _limit: []), []
    for number in range(many):
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
        names.append(name)
        birth, last4 = date(1960 + number % 45, 1 + number % 12, 1 + number % 28), f"{number:04}"
        index.put(Entry(f"person-{number:032}", name, name, birth, last4[-4:], "f", read(name)))
    begin = perf_counter()
    index.search("龚")
    first = perf_counter() - begin
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    waited, worked = [], []
    for text in asked(names, chance, 40 if rig.quick else 100):
        begin, at = perf_counter(), process_time()
        index.search(text)
        waited.append(1e3 * (perf_counter() - begin))
        worked.append(1e3 * (process_time() - at))
    note = f"median {median(waited):.1f} ms, first {1e3 * first:.0f} ms"
    alone = f"median {median(worked):.1f} ms: what is left when others want the machine too"
    each = f"{used / many:.0f} B each"
    rig.report.add(
        Figure("search", f"name among {many:,}, p95", p95(waited), "ms", FLOOR, "less", note),
        Figure("search", "the same, processor time", p95(worked), "ms", note=alone),
        Figure("search", "memory of the names", used / 2**20, "MB", note=each),
    )


def asked(names: list[str], chance: random.Random, each: int) -> Iterator[str]:
    """Give what is typed: names, parts, pinyin, initials, and one slip of each kind."""
    for name in chance.choices(names, k=each):
        sound, initials = read(name).joined[0], read(name).initials[0]
        at = chance.randrange(len(sound) - 1)
        yield from (name, name[:1], name[1:], sound, sound[: len(sound) // 2 + 1], initials)
        yield name[:-1] + chance.choice(GIVEN)
        yield name[::-1]
        yield sound[:at] + sound[at + 1 :]
        yield sound[:at] + "e" + sound[at + 1 :]
        yield sound[:at] + sound[at + 1] + sound[at] + sound[at + 2 :]
