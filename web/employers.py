"""The desk of employers 用人单位: register, check papers, name a contact, stop list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from starlette.requests import Request

from application.store import Stamp
from application.vacancies import EDIT
from domain.codes import DISTRICTS, table
from domain.employer import INDUSTRIES, Employer
from domain.kernel import N_
from projections.directory_reader import Entry
from web import texts
from web.access import parts
from web.acts import Act, Desk, Field
from web.disputes import parties
from web.employer_pages import routes as employer_routes
from web.fact_tell import Names, Teller
from web.resources import Cells, Resource

KINDS = table("""company | 公司 | company
individual_business | 个体工商户 | sole trader
social | 社会组织 | social organisation
institution | 机关事业单位 | public institution
individual | 个人雇主 | private person""")
CHECKS = table("""valid | 有效 | valid
missing | 缺证照 | missing
doubtful | 存疑 | doubtful""")
ROLES = table("""owner | 负责人 | owner
hr | 人事 | personnel
finance | 财务 | finance
other | 其他 | other""")
STOPS = table("""arrears | 拖欠工资 | wage arrears
false_post | 虚假招聘 | false posts
charging | 违法收费 | unlawful charges
law_breach | 其他违法 | other breach""")
STATES = table("""active | 在用 | in use
stopped | 停用名单 | on the stop list
closed | 已注销 | closed""")
DETAILS = table("""name | 名称 | name
industry | 行业(门类代码) | industry (section code)
district | 区划 | district
credit_code | 统一社会信用代码 | credit code""")
FACTS = table("""registered | 登记单位 | registered
contact_named | 登记联系人 | contact named
details_corrected | 更正信息 | details corrected
documents_checked | 核验证照 | papers checked
capacity_estimated | 登记用工容量 | capacity estimated
stop_listed | 列入停用名单 | put on the stop list
stop_lifted | 移出停用名单 | taken off the stop list
closed | 注销 | closed
record_corrected | 更正 | corrected
fact_voided | 作废 | voided""")
TELLER = Teller(
    facts=FACTS,
    labels={
        "kind": N_("种类"),
        "credit_code": N_("统一社会信用代码"),
        "name": N_("名称"),
        "district": N_("区划"),
        "industry": N_("行业"),
        "role": N_("职责"),
        "result": N_("结果"),
        "licence_valid_until": N_("证照有效期至"),
        "workers": N_("可用工人数"),
        "reason": N_("原因"),
        "field": N_("哪一项"),
        "value": N_("改为"),
    },
    lists={
        "kind": KINDS,
        "district": DISTRICTS,
        "industry": INDUSTRIES,
        "role": ROLES,
        "result": CHECKS,
        "reason": STOPS,
        "field": DETAILS,
    },
    hidden=frozenset({"person", "dispute", "entered_by"}),
)


def _known(request: Request, stamp: Stamp, values: dict[str, Any]) -> dict[str, Any]:
    """Find the contact by number, or register who comes with name and number."""
    return values | {"person": parties.person(request, stamp, values["person"], "person")}


ACTS = (
    Act(
        "register",
        N_("登记用人单位"),
        (
            Field("kind", N_("种类"), "code", KINDS),
            Field("name", N_("名称"), required=False),
            Field("credit_code", N_("统一社会信用代码"), required=False),
            Field("district", N_("区划"), "code", DISTRICTS),
            Field("industry", N_("行业"), "code", INDUSTRIES, required=False, empty=""),
        ),
        N_("同一信用代码只能有一个在用的单位。"),
        EDIT,
        begins=True,
    ),
    Act(
        "check_documents",
        N_("核验证照"),
        (
            Field("result", N_("结果"), "code", CHECKS),
            Field("licence_valid_until", N_("证照有效期至"), "date", required=False),
        ),
        N_("证照有效，岗位才能发布、班才能开。"),
        EDIT,
    ),
    Act(
        "name_contact",
        N_("登记联系人"),
        (
            Field(
                "person",
                N_("联系人"),
                hint=N_("姓名和证件号码；已登记的只写证件号码。"),
            ),
            Field("role", N_("职责"), "code", ROLES),
        ),
        "",
        EDIT,
        prepare=_known,
    ),
    Act(
        "estimate_capacity",
        N_("登记用工容量"),
        (Field("workers", N_("可用工人数"), "int"),),
        "",
        EDIT,
    ),
    Act(
        "correct_details",
        N_("更正单位信息"),
        (
            Field("field", N_("哪一项"), "code", DETAILS),
            Field("value", N_("改为")),
            Field("reason", N_("更正理由"), "longtext"),
        ),
        "",
        EDIT,
    ),
    Act(
        "list_stop",
        N_("列入停用名单"),
        (
            Field("reason", N_("原因"), "code", STOPS),
            Field("dispute", N_("争议案件"), "dispute", required=False, empty=""),
        ),
        N_("其岗位不再发布，也不再向它推荐；须由他人移出。"),
        EDIT,
    ),
    Act("lift_stop", N_("移出停用名单"), (Field("reason", N_("原因"), "longtext"),), "", EDIT),
    Act("close", N_("注销单位"), (Field("reason", N_("原因"), "longtext"),), "", EDIT),
)


def row(entry: Entry, _names: Names, _today: date) -> Cells:
    """List an employer."""
    checked = entry.detail.get("checked", "")
    return (
        entry.code,
        texts.label(DISTRICTS[entry.district]) if entry.district in DISTRICTS else entry.district,
        texts.label(CHECKS[checked]) if checked in CHECKS else "",
    )


def facts(state: Any, _names: Names, _today: date) -> Sequence[tuple[str, str]]:
    """Say what is known of an employer."""
    return (
        (N_("种类"), texts.label(KINDS[state.kind])),
        (N_("统一社会信用代码"), state.credit_code),
        (
            N_("区划"),
            texts.label(DISTRICTS[state.district]) if state.district in DISTRICTS else "",
        ),
        (N_("证照"), texts.label(CHECKS[state.checked]) if state.checked in CHECKS else ""),
        (N_("可用工人数"), str(state.capacity or "")),
    )


RESOURCE = Resource(
    kind="employer",
    title=N_("用人单位"),
    head=(N_("名称"), N_("统一社会信用代码"), N_("区划"), N_("证照")),
    row=row,
    name=lambda state: state.name or texts.translate(N_("个人雇主")),
    facts=facts,
    states=STATES,
    tell=TELLER,
)


def employer_desk(service: object) -> Desk:
    """Make the desk over `application.vacancies.Employers`."""
    routes = employer_routes(RESOURCE, _desk)
    return Desk("employers", "employer", N_("用人单位"), Employer, (service,), ACTS, routes)


def _desk(request: Request) -> Desk:
    return parts(request).desks["employers"]
