"""What the columns of a wage table mean, told by their Chinese (or English) headings.

A table is long (one claim a row: kind, period, amount) or wide (one worker a row, a column for
each kind of claim or month). Columns nobody knows are kept for the user's file and not read.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

Cell = str | float | None

_BRACKETS = re.compile(r"[((\[【].*?[))\]】]")
_MONTH = re.compile(r"(?:(\d{4})[年.\-/])?(\d{1,2})月?(?:份)?(?:工资)?")
_HEADINGS = """
serial   序号 编号 no #
name     姓名 劳动者 劳动者姓名 工人姓名 职工姓名 员工姓名 申请人 名字 name worker
id_no    身份证号 身份证号码 身份证 证件号码 证件号 公民身份号码 公民身份证号码 idnumber idno id
phone    手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 phone
job      工种 岗位 职务 工作岗位 job
hired_on 入职日期 入职时间 进厂日期 进场日期 入职 hired hiredon
ended_on 离职日期 离职时间 离场日期 离厂日期 解除日期 left endedon
code     请求类别 类别 请求项目 项目 争议事项 请求 款项 claim kind
from_on  起月 起始月份 开始月份 起始日期 开始日期 起始时间 欠薪起始 from
to_on    止月 截止月份 结束月份 截止日期 结束日期 截止时间 欠薪截止 to
period   期间 欠薪期间 拖欠期间 拖欠月份 欠薪月份 月份 所属期 period
amount   金额 主张金额 主张额 欠薪金额 拖欠金额 拖欠工资金额 未发金额 应付金额 欠付金额 amount
undisputed 无争议金额 认可金额 单位认可金额 undisputed
quantity 数量 小时数 工时 加班小时 加班小时数 加班时数 件数 天数 月数 hours pieces days months
rate     单价 时薪 小时工资 日薪 日工资 月工资 月薪 工价 rate
total    合计 合计金额 总计 总额 小计 total
facts    事实与理由 事实理由 说明 备注 facts note
C01      拖欠工资 欠发工资 未发工资 欠薪 工资 wages
C02      最低工资差额 低于最低工资差额
C03      加班费 加班工资 overtime
C04      二倍工资 双倍工资 二倍工资差额
C05      经济补偿 经济补偿金 severance
C06      赔偿金 违法解除赔偿金
C09      社会保险 社保
C10      工伤待遇 工伤医疗费
C11      未休年假工资 年休假工资 高温津贴
C12      押金 返还押金
C13      加付赔偿金
C14      计件报酬 劳务报酬 劳务费
"""
ROLES: Mapping[str, str] = {
    word: role for role, *words in map(str.split, _HEADINGS.split("\n")[1:-1]) for word in words
}
# How a quantity is called says what it counts.
UNITS: Mapping[str, str] = {"时": "hours", "hours": "hours", "件": "pieces", "pieces": "pieces",
                            "天": "days", "days": "days"}  # fmt: skip
TOTAL_WORDS = frozenset({"合计", "总计", "小计", "合 计", "总 计", "total"})
LOOKED_AT = 12  # rows in which headings are looked for


class Column(NamedTuple):
    """A column of the user's table: its heading, what it means, and for a month which one."""

    place: int
    heading: str
    role: str
    month: date | None = None

    @property
    def pays(self) -> bool:
        """Whether its cells are amounts of a claim."""
        return self.role in {"amount", "month"} or self.role.startswith("C")


def plain(cell: Cell) -> str:
    """Write a heading without width, case, spaces, brackets and colons."""
    text = unicodedata.normalize("NFKC", "" if cell is None else str(cell)).lower()
    return _BRACKETS.sub("", "".join(text.split())).strip(":：*_")


def recognise(heading: Cell, place: int, today: date) -> Column:
    """Say what a column means; a bare 11月 is the last November that has begun."""
    shown, word = "" if heading is None else str(heading).strip(), plain(heading)
    if role := ROLES.get(word):
        return Column(place, shown, role)
    found = _MONTH.fullmatch(word)
    if found and "月" in word and 1 <= int(found[2]) <= 12:
        number = int(found[2])
        year = int(found[1]) if found[1] else today.year - (number > today.month)
        return Column(place, shown, "month", date(year, number, 1))
    return Column(place, shown, "")


def find_head(rows: Sequence[Sequence[Cell]], today: date) -> tuple[int, list[Column]]:
    """Find the row of headings, below a title perhaps; (-1, []) when no row has any."""
    best: tuple[int, list[Column]] = (-1, [])
    known = 1
    for number, row in enumerate(rows[:LOOKED_AT]):
        columns = _once([recognise(cell, place, today) for place, cell in enumerate(row)])
        score = sum(bool(column.role) for column in columns)
        if score > known:
            best, known = (number, columns), score
    return best


def _once(columns: list[Column]) -> list[Column]:
    """Let the first of two columns with one meaning count."""
    seen: set[tuple[str, date | None]] = set()
    kept = []
    for column in columns:
        key = (column.role, column.month)
        kept.append(column._replace(role="") if column.role and key in seen else column)
        seen.add(key)
    return kept


def unit_of(columns: Sequence[Column]) -> str:
    """Say what the column of quantities counts: hours, pieces, days, or months."""
    heading = next((plain(one.heading) for one in columns if one.role == "quantity"), "")
    return next((unit for word, unit in UNITS.items() if word in heading), "months")
