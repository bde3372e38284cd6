"""就业统计: figures of employment by subject, persons apart from person-times (6.1, 6.3).

Every figure opens the facts of its numerator and of its denominator.
"""

from collections.abc import Mapping

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from domain.kernel import N_
from projections.measures import measure
from projections.measures_employment import GROUPED
from web import statistics_words as say
from web.access import figures
from web.charts import Mark
from web.office_parts import office
from web.pages import page
from web.statistics import link, pairs, reading, shown
from web.statistics_scope import asked

router = APIRouter(dependencies=[Depends(reading)])
CARDS = ("seekers_ratio", "placement_rate", "persons_placed", "zero_open", "training_employment")
TITLES: Mapping[str, str] = {
    "service": N_("供求与服务"),
    "work": N_("就业"),
    "learn": N_("培训"),
    "money": N_("补贴"),
    "exit": N_("退出以后（对照国外口径）"),
}
# Persons and person-times of the same thing, side by side.
TWO_COLUMNS = (
    (N_("求职登记"), "seekers_registered", ""),
    (N_("服务"), "persons_served", "services_given"),
    (N_("岗位推荐"), "persons_referred", "referrals"),
    (N_("对接成功"), "", "matched_person_times"),
    (N_("培训"), "persons_trained", ""),
    (N_("取得证书"), "", "certificates"),
    (N_("就业"), "persons_placed", "placements"),
    (N_("市场化就业"), "", "market_placements"),
)
RATES = (
    "placement_rate",
    "hardship_placement_rate",
    "retained_1",
    "retained_3",
    "retained_6",
    "training_employment",
    "certificate_rate",
    "standard_rate",
    "follow_up_on_time",
)


@router.get("/statistics/employment")
@figures
def employment(request: Request) -> Response:
    """Show the figures of employment."""
    own, wanted = office(request), asked(request)
    groups = {name: [one.code for one in declared] for name, declared in GROUPED.items()}
    columns = [code for _, *codes in TWO_COLUMNS for code in codes if code]
    declared_here = (code for codes in groups.values() for code in codes)
    every = {*CARDS, *columns, *RATES, *declared_here}
    found = own.statistics.figures(wanted.scope, sorted(every))
    marks = [
        Mark(
            say.name(measure(code)),
            float(found[code].value or 0),
            f"{say.whole(found[code])} ({found[code].numerator}/{found[code].denominator})",
            link(wanted, code),
        )
        for code in RATES
        if found[code].value is not None
    ]
    return page(
        request,
        "statistics/employment.html",
        cards=CARDS,
        titles=TITLES,
        grouped=groups,
        two_columns=TWO_COLUMNS,
        rate_marks=marks,
        twins=pairs,
        **shown(request, wanted, found),
    )
