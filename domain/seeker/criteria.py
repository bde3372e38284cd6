"""Criteria of hardship 就业困难认定标准: dated, immutable versions as data (F-29, F-30).

A decision cites one version. The same checks answer the counter, the deciding officer and a
replay, so that a decision can be read again under its own version and beside a newer one.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from domain import codes
from domain.calendar import add_months
from domain.codes import known, table
from domain.identity import FEMALE, retirement_date
from domain.kernel import N_, Refused

# What proves a category; `system` is our own register, `id_card` the card shown at the counter.
PROOFS = table("""id_card | 身份证 | ID card
disability_card | 残疾人证或伤残军人证 | disability or military-injury certificate
civil_affairs | 民政低保记录 | civil-affairs record
household_book | 户口簿 | household book
land_certificate | 征地证明 | certificate of expropriation
system | 失业登记记录 | unemployment register
certificate | 相关证明 | certificate
medical | 医疗证明 | medical proof
local | 地市规定的证明 | proof set by the city""")
SELF_PROVEN = frozenset({"id_card", "system"})


class Category(NamedTuple):
    """One kind of hardship in one version: its level, proof, least age, months of waiting.

    `verify`: the wording was not checked against the original text and is to be confirmed.
    """

    code: str
    proof: str
    level: int = 1
    age_women: int = 0
    age_men: int = 0
    wait_months: int = 0
    sensitive: bool = False
    verify: bool = False


class Criteria(NamedTuple):
    """One version: number, first day, province of domicile, kinds, how many kinds of a level."""

    version: str
    from_on: date
    province: str
    categories: Mapping[str, Category]
    enough: Mapping[int, int]
    source: str = ""


class Situation(NamedTuple):
    """What a check looks at: the person on a day. `category` may be the group `sensitive`."""

    on: date
    birth: date
    sex: str
    domicile: str
    activity: str
    working: bool
    unemployed_since: date | None
    category: str
    also: tuple[str, ...] = ()
    proved: bool = True
    job_category: str = "worker"


class Finding(NamedTuple):
    """What one check found: its words, and the refusal where it is not met."""

    check: str
    refused: Refused | None


def _kind(criteria: Criteria, code: str) -> Category | None:
    """Give a kind; of the group `sensitive` no more is known than that it is one of several."""
    if code == "sensitive" and any(one.sensitive for one in criteria.categories.values()):
        return Category("sensitive", "certificate", sensitive=True)
    return criteria.categories.get(code)


def _listed(criteria: Criteria, about: Situation) -> None:
    """Refuse a kind that the version does not know."""
    if _kind(criteria, about.category) is None:
        raise Refused(
            rule="S-05",
            text=N_("所选类别不在认定标准{version}之内。"),
            field="category",
            version=criteria.version,
        )


def _proven(criteria: Criteria, about: Situation) -> None:
    """Refuse a kind without its proof."""
    kind = _kind(criteria, about.category)
    if kind and kind.proof not in SELF_PROVEN and not about.proved:
        raise Refused(rule="S-05", text=N_("此类别须登记证明材料。"), field="proofs")


def _resident(criteria: Criteria, about: Situation) -> None:
    """Refuse who has the domicile elsewhere."""
    if not about.domicile.startswith(criteria.province):
        raise Refused(
            rule="S-05", text=N_("户籍不在广东省，不能申请就业困难人员认定。"), field="domicile"
        )


def _of_age(_criteria: Criteria, about: Situation) -> None:
    """Refuse who has reached the retirement age of the day."""
    if about.on >= retirement_date(about.birth, about.sex, about.job_category, about.on):
        raise Refused(
            rule="S-05", text=N_("已达到法定退休年龄，不能认定为就业困难人员。"), field="birth"
        )


def _jobless(_criteria: Criteria, about: Situation) -> None:
    """Refuse who has work."""
    if about.activity != "jobless" or about.working:
        raise Refused(
            rule="S-05", text=N_("须处于无业状态，才能认定为就业困难人员。"), field="activity"
        )


def _old_enough(criteria: Criteria, about: Situation) -> None:
    """Refuse an older jobless person who is not yet older."""
    kind = _kind(criteria, about.category)
    age = (kind.age_women if about.sex == FEMALE else kind.age_men) if kind else 0
    if age and about.on < add_months(about.birth, 12 * age):
        raise Refused(
            rule="S-05", text=N_("大龄失业人员须年满{age}周岁。"), field="category", age=age
        )


def _long_enough(criteria: Criteria, about: Situation) -> None:
    """Refuse who is not registered as unemployed for long enough; the latest counts."""
    kind = _kind(criteria, about.category)
    months = kind.wait_months if kind else 0
    since = about.unemployed_since
    if months and (since is None or about.on < add_months(since, months)):
        raise Refused(
            rule="S-05",
            text=N_("此类别须自最近一次失业登记起满{months}个月。"),
            field="category",
            months=months,
        )


def _enough(criteria: Criteria, about: Situation) -> None:
    """Refuse a kind of a lower level that stands alone: n of level 1, or m of level 2 (F-29)."""
    kind = _kind(criteria, about.category)
    if kind is None:
        return
    chosen = [_kind(criteria, code) for code in {about.category, *about.also}]
    of_level = sum(one is not None and one.level <= kind.level for one in chosen)
    needed = criteria.enough.get(kind.level, 1)
    if of_level < needed:
        raise Refused(
            rule="S-05",
            text=N_("此类别须同时具备{needed}项同级条件，现有{have}项。"),
            field="also",
            needed=needed,
            have=of_level,
        )


CHECKS: Mapping[str, Callable[[Criteria, Situation], None]] = {
    N_("类别在标准之内"): _listed,
    N_("有证明材料"): _proven,
    N_("本省户籍"): _resident,
    N_("未达退休年龄"): _of_age,
    N_("无业"): _jobless,
    N_("达到大龄年龄"): _old_enough,
    N_("失业登记时长"): _long_enough,
    N_("条件项数"): _enough,
}


def check(criteria: Criteria, about: Situation) -> None:
    """Refuse who does not meet a version, by the first thing that is missing (S-05)."""
    for one in CHECKS.values():
        one(criteria, about)


def findings(criteria: Criteria, about: Situation) -> list[Finding]:
    """Say of every check whether it is met: for a replay, and for a page before anything."""
    found = []
    for name, one in CHECKS.items():
        try:
            one(criteria, about)
        except Refused as refused:
            found.append(Finding(name, refused))
        else:
            found.append(Finding(name, None))
    return found


def met(found: Iterable[Finding]) -> bool:
    """Say whether everything is met."""
    return all(one.refused is None for one in found)


def kinds(rows: Iterable[Category]) -> Mapping[str, Category]:
    """Put kinds by their code, codes of the list only."""
    found = {known(one.code, codes.HARDSHIPS, "categories"): one for one in rows}
    if not found:
        raise Refused(rule="S-05", text=N_("认定标准至少要有一个类别。"), field="categories")
    return found


_COMMON = (
    Category("H01", "id_card", age_women=40, age_men=50),
    Category("H02", "disability_card", sensitive=True),
    Category("H03", "civil_affairs"),
    Category("H04", "household_book"),
    Category("H05", "household_book"),
    Category("H06", "land_certificate"),
    Category("H07", "system", wait_months=12),
    Category("H08", "certificate", sensitive=True),
    Category("H09", "certificate", sensitive=True),
    Category("H10", "certificate", sensitive=True),
)
_SINCE_2023 = (
    *_COMMON,
    Category("H11", "certificate", wait_months=6),
    Category("H12", "medical", sensitive=True, verify=True),
    Category("H13", "local", verify=True),
)
_ALONE = {1: 1, 2: 2}
# The versions as shipped; a place enters later ones (`application/criteria.py`). Of the older one
# the domain's sources give the wording of the grounds, not the whole list: marked to be verified.
SHIPPED = (
    Criteria(
        "粤人社规〔2019〕7号",
        date(2019, 1, 1),
        "44",
        kinds(one._replace(verify=True) for one in (*_COMMON, _SINCE_2023[11])),
        _ALONE,
        "粤人社规〔2019〕7号第三章（类别待核）",
    ),
    Criteria(
        "粤人社规〔2023〕11号",
        date(2023, 8, 1),
        "44",
        kinds(_SINCE_2023),
        _ALONE,
        "粤人社规〔2023〕11号，自2023-08-01",
    ),
)


def in_force(versions: Iterable[Criteria], on: date) -> Criteria:
    """Give the version in force on a day; before the first one, the first."""
    ordered = sorted(versions, key=lambda one: one.from_on)
    return next((one for one in reversed(ordered) if one.from_on <= on), ordered[0])


def cited(versions: Iterable[Criteria], version: str) -> Criteria | None:
    """Give a version by its number; None for one that an old register named."""
    return next((one for one in versions if one.version == version), None)
