"""Words of households: their facts and fields, and how a fact looks on a timeline."""

from collections.abc import Mapping

from domain.codes import DISTRICTS, table
from domain.household import INCOMES, KIND_CODES, RELATIONS
from domain.kernel import N_, Event
from web.case_page import Look
from web.fact_tell import Teller

FACTS = table("""registered | 登记家庭户 | household registered
member_added | 增加成员 | member added
member_removed | 减少成员 | member removed
income_stated | 登记收入 | income stated
zero_employment_declared | 认定零就业家庭 | declared a zero-employment household
zero_employment_cleared | 动态清零 | cleared
zero_employment_withdrawn | 撤销零就业认定 | declaration withdrawn
record_corrected | 更正 | corrected
fact_voided | 作废 | voided""")
LABELS: Mapping[str, str] = {
    "kind": N_("户口类型"),
    "domicile": N_("户籍地"),
    "relation": N_("与户主关系"),
    "able": N_("有劳动能力"),
    "willing": N_("有就业意愿"),
    "source_of_income": N_("收入来源"),
    "clear_by": N_("清零期限"),
    "placement": N_("第几次就业"),
    "reason": N_("原因"),
}
TELLER = Teller(
    facts=FACTS,
    labels=LABELS,
    lists={
        "kind": KIND_CODES,
        "domicile": DISTRICTS,
        "relation": RELATIONS,
        "source_of_income": INCOMES,
    },
    hidden=frozenset({"person", "member", "seeker", "monthly"}),
)


def look(event: Event) -> Look:
    """Give icon and tone of a fact."""
    tail = event.TOPIC.partition(".")[2]
    if tail == "zero_employment_cleared":
        return Look("check", "money-in")
    if tail in {"record_corrected", "fact_voided"}:
        return Look("del", "fix")
    return Look({"registered": "home", "zero_employment_declared": "alert"}.get(tail, "edit"))
