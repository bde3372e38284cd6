"""Employers 用人单位: companies, institutions and persons who hire (V-04, V-09, V-10)."""

from datetime import date
from typing import Any

from domain.amending import Amendable
from domain.codes import table
from domain.identity import check_credit_code
from domain.kernel import N_, Correction, Event, Refused, Voiding, applies, decides

KINDS = frozenset({"company", "individual_business", "social", "institution", "individual"})
# The first two characters of a credit code say who registered whom (GB 32100); else a company.
REGISTERED_AS = {
    "92": "individual_business",
    "51": "social",
    "52": "social",
    "53": "social",
    "12": "institution",
}


def kind_of(credit_code: str) -> str:
    """Read the kind of an employer off its unified social credit code (domain.md 4.1)."""
    return REGISTERED_AS.get(credit_code[:2], "company")


# What `details_corrected` may change; the kind decides what else is asked for and stays.
DETAILS = frozenset({"name", "district", "credit_code", "industry"})
# Sections of the national classification of economic activities (GB/T 4754).
INDUSTRIES = table("""A | 农、林、牧、渔业 | agriculture, forestry, fishing
B | 采矿业 | mining
C | 制造业 | manufacturing
D | 电力、热力、燃气及水 | electricity, heat, gas, water
E | 建筑业 | construction
F | 批发和零售业 | wholesale and retail
G | 交通运输、仓储和邮政业 | transport, storage, post
H | 住宿和餐饮业 | hotels and catering
I | 信息传输、软件和信息技术 | information technology
J | 金融业 | finance
K | 房地产业(含物业) | real estate
L | 租赁和商务服务业 | leasing and business services
M | 科学研究和技术服务业 | research and technical services
N | 水利、环境和公共设施 | water, environment, public facilities
O | 居民服务、修理和其他服务 | household and other services
P | 教育 | education
Q | 卫生和社会工作 | health and social work
R | 文化、体育和娱乐业 | culture, sport, entertainment
S | 公共管理和社会组织 | public administration""")
OPEN = frozenset({"active", "stopped"})


# Facts


class Registered(Event, frozen=True, kw_only=True):
    """用人单位登记: `individual` has a person instead of a code, and no name here."""

    TOPIC = "employer.registered"

    kind: str
    credit_code: str | None = None
    name: str = ""
    district: str
    person: str | None = None
    industry: str = ""


class ContactNamed(Event, frozen=True, kw_only=True):
    """联系人."""

    TOPIC = "employer.contact_named"

    person: str
    role: str


class DetailsCorrected(Event, frozen=True, kw_only=True):
    """信息更正."""

    TOPIC = "employer.details_corrected"

    field: str
    value: Any
    reason: str


class DocumentsChecked(Event, frozen=True, kw_only=True):
    """证照核验: `result` is valid, missing or doubtful."""

    TOPIC = "employer.documents_checked"

    licence_valid_until: date | None = None
    result: str


class CapacityEstimated(Event, frozen=True, kw_only=True):
    """用工容量: how many workers it could take."""

    TOPIC = "employer.capacity_estimated"

    workers: int


class StopListed(Event, frozen=True, kw_only=True):
    """列入停用名单: no post of it is published, nobody is referred to it."""

    TOPIC = "employer.stop_listed"

    reason: str
    dispute: str | None = None
    entered_by: str


class StopLifted(Event, frozen=True, kw_only=True):
    """移出停用名单."""

    TOPIC = "employer.stop_lifted"

    reason: str


class Closed(Event, frozen=True, kw_only=True):
    """注销."""

    TOPIC = "employer.closed"

    reason: str


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正."""

    TOPIC = "employer.record_corrected"

    reason: str


class FactVoided(Voiding, frozen=True, kw_only=True):
    """作废."""

    TOPIC = "employer.fact_voided"

    reason: str


# State


class Employer(Amendable):
    """An employer as the desk knows it."""

    CORRECTED, VOIDED = RecordCorrected, FactVoided

    kind: str = ""
    credit_code: str = ""
    name: str = ""
    district: str = ""
    industry: str = ""
    person: str = ""
    contacts: tuple[tuple[str, str], ...] = ()
    checked: str = ""
    licence_valid_until: date | None = None
    capacity: int = 0
    stopped: bool = False
    stopped_by: str = ""
    closed: bool = False

    @property
    def standing(self) -> str:
        """`-`, active, stopped or closed."""
        if self.version == 0:
            return "-"
        if self.closed:
            return "closed"
        return "stopped" if self.stopped else "active"

    def documented_on(self, day: date) -> bool:
        """Say whether its legal documents were checked and hold on a day (条例 34, V-04)."""
        until = self.licence_valid_until
        return self.checked == "valid" and (until is None or day <= until)

    @applies(Registered)
    def _registered(self, fact: Registered, _on: date) -> None:
        self.kind, self.name, self.district = fact.kind, fact.name, fact.district
        self.credit_code, self.person = fact.credit_code or "", fact.person or ""
        self.industry = fact.industry

    @applies(ContactNamed)
    def _contact_named(self, fact: ContactNamed, _on: date) -> None:
        others = tuple(c for c in self.contacts if c[1] != fact.role)
        self.contacts = (*others, (fact.person, fact.role))

    @applies(DetailsCorrected)
    def _details_corrected(self, fact: DetailsCorrected, _on: date) -> None:
        match fact.field:
            case "name":
                self.name = str(fact.value)
            case "district":
                self.district = str(fact.value)
            case "industry":
                self.industry = str(fact.value)
            case _:
                self.credit_code = str(fact.value)

    @applies(DocumentsChecked)
    def _documents_checked(self, fact: DocumentsChecked, _on: date) -> None:
        self.checked, self.licence_valid_until = fact.result, fact.licence_valid_until

    @applies(CapacityEstimated)
    def _capacity_estimated(self, fact: CapacityEstimated, _on: date) -> None:
        self.capacity = fact.workers

    @applies(StopListed)
    def _stop_listed(self, fact: StopListed, _on: date) -> None:
        self.stopped, self.stopped_by = True, fact.entered_by

    @applies(StopLifted)
    def _stop_lifted(self, _fact: StopLifted, _on: date) -> None:
        self.stopped, self.stopped_by = False, ""

    @applies(Closed)
    def _closed(self, _fact: Closed, _on: date) -> None:
        self.closed = True

    # Decisions

    @decides("V-00", {"-"})
    def register(
        self,
        *,
        kind: str,
        district: str,
        name: str = "",
        credit_code: str = "",
        person: str = "",
        industry: str = "",
        holder: str = "",
    ) -> list[Event]:
        """Register an employer; `holder` is the active one with the same code (V-09, V-10)."""
        if kind not in KINDS:
            raise Refused(rule="V-00", text=N_("没有这一用人单位类型。"), field="kind")
        _in_industry(industry, "industry")
        if kind == "individual":
            if not person:
                raise Refused(
                    rule="V-09",
                    text=N_("个人雇主须先登记其个人档案。"),
                    field="person",
                )
            return [Registered(kind=kind, district=district, person=person, industry=industry)]
        if not name.strip():
            raise Refused(rule="V-00", text=N_("请填写用人单位名称。"), field="name")
        code = check_credit_code(credit_code)
        _alone(code, holder)
        return [
            Registered(
                kind=kind,
                district=district,
                name=name.strip(),
                credit_code=code,
                person=person or None,
                industry=industry,
            )
        ]

    @decides("V-00", OPEN)
    def name_contact(self, *, person: str, role: str) -> list[Event]:
        """Name the person to ask for, one a role."""
        return [ContactNamed(person=person, role=role)]

    @decides("V-00", OPEN)
    def correct_details(
        self, *, field: str, value: str, reason: str, holder: str = ""
    ) -> list[Event]:
        """Correct name, district, industry or code (V-09, V-10)."""
        own = {"district", "industry"}
        if field not in DETAILS or (self.kind == "individual" and field not in own):
            raise Refused(rule="V-00", text=N_("此项不能这样更正。"), field="field")
        if not value.strip():
            raise Refused(rule="V-00", text=N_("请填写更正后的内容。"), field="value")
        if field == "industry":
            _in_industry(value.strip(), "value")
        if field == "credit_code":
            value = check_credit_code(value, field="value")
            _alone(value, holder)
        return [DetailsCorrected(field=field, value=value.strip(), reason=reason)]

    @decides("V-00", OPEN)
    def check_documents(
        self, *, result: str, licence_valid_until: date | None = None
    ) -> list[Event]:
        """Record what the check of the licence came to (条例 34)."""
        if result not in {"valid", "missing", "doubtful"}:
            raise Refused(rule="V-00", text=N_("没有这一核验结果。"), field="result")
        return [DocumentsChecked(result=result, licence_valid_until=licence_valid_until)]

    @decides("V-00", OPEN)
    def estimate_capacity(self, *, workers: int) -> list[Event]:
        """Note how many workers it could take."""
        if workers < 0:
            raise Refused(rule="V-07", text=N_("人数不能为负数。"), field="workers")
        return [CapacityEstimated(workers=workers)]

    @decides("V-10", {"active"})
    def list_stop(self, *, reason: str, entered_by: str, dispute: str = "") -> list[Event]:
        """Put it on the stop list, as after a proven false post or arrears of wages."""
        return [StopListed(reason=reason, dispute=dispute or None, entered_by=entered_by)]

    @decides("V-10", {"stopped"})
    def lift_stop(self, *, reason: str, by: str) -> list[Event]:
        """Take it off the stop list; not by the person who put it there (V-10)."""
        if by == self.stopped_by:
            raise Refused(rule="V-10", text=N_("列入停用名单的人不能自己移出，须由他人办理。"))
        return [StopLifted(reason=reason)]

    @decides("V-00", OPEN)
    def close(self, *, reason: str) -> list[Event]:
        """Note that it is no more 注销."""
        return [Closed(reason=reason)]


def _in_industry(code: str, field: str) -> None:
    """Refuse a section that the classification does not have (GB/T 4754); '' is not known."""
    if code and code not in INDUSTRIES:
        raise Refused(rule="V-00", text=N_("没有这一行业门类。"), field=field)


def _alone(code: str, holder: str) -> None:
    """Refuse a second active employer with the same code (V-10)."""
    if holder:
        raise Refused(
            rule="V-10",
            text=N_("统一社会信用代码{code}已有登记({holder})，请使用已有的用人单位。"),
            field="credit_code",
            code=code,
            holder=holder,
        )
