"""Every measure of domain.md 6.5, declared once: words, definition, unit, and what is counted."""

from collections.abc import Mapping

from domain.codes import PLACEMENT_KINDS
from domain.codes_dispute import PAYMENT_SOURCES
from projections.measures_disputes import DISPUTES
from projections.measures_employment import EMPLOYMENT
from projections.measuring import ACCEPTED_CLOSED, CARRIED, CLOSED, IN, Measure, Part, of

EMPLOYED = "(f.dims->>'employed')::boolean AND (f.dims->>'verified')::boolean"
RESULTS = "('settled_performed', 'settled_pending', 'paid_immediately')"


def _retained(month: int) -> Measure:
    due = f"(f.dims->>'month')::int = {month} AND f.occurred_on < %(as_of)s"
    return Measure(
        f"retained_{month}",
        f"{month}个月稳定就业率",
        f"{month}-month retention",
        "percent",
        f"就业后满{month}个月(遇休息日顺延)落在期内且已过的就业中，该月回访仍在岗的；未联系不算在岗",
        f"placements due {month} months after their first day, found retained; no contact is not",
        of("retention", "facts", f"{due} AND (f.dims->>'retained')::boolean"),
        of("retention", "facts", due),
    )


PAID = of("paid", "sum")
_ALL = (
    Measure("seekers_registered", "求职登记人数", "Registered seekers", "persons",
            "期内有求职登记的人(不重复)", "distinct persons registered in the period",
            of("registered", "persons")),
    Measure("referrals", "岗位推荐人次", "Referrals", "person_times",
            "期内岗位推荐的次数", "referrals in the period", of("referred")),
    Measure("persons_referred", "岗位推荐人数", "Persons referred", "persons",
            "期内有岗位推荐的人(不重复)", "distinct persons referred", of("referred", "persons")),
    Measure("persons_in_training", "参训人数", "Persons in training", "persons",
            "期内报名培训的人(不重复)", "distinct persons enrolled in a class",
            of("training_enrolled", "persons")),
    Measure("persons_trained", "培训人数", "Persons trained", "persons",
            "期内结业的人(不重复，不论是否合格)", "distinct persons who completed, passed or not",
            of("training_completed", "persons")),
    Measure("training_share", "参训率", "Share in training", "percent",
            "期内参训人数占期末前已登记人数",
            "persons in training among those registered by the end",
            of("training_enrolled", "persons"),
            Part("f.kind = 'registered' AND f.occurred_on <= %(to_on)s", "persons")),
    Measure("certificates", "取得证书", "Certificates", "person_times",
            "期内取得证书的次数", "certificates obtained", of("certificate")),
    Measure("placements", "就业人次", "Placements", "person_times",
            "期内开始、截至查询日已核实的就业(不含计件、居家、见习)",
            "verified placements by first day (piecework, home work and internship left out)",
            of("placement", "facts", EMPLOYED)),
    _retained(1),
    _retained(3),
    _retained(6),
    Measure("worked_share_mean", "平均工作周占比", "Mean share worked", "percent",
            "有工作占比的回访的平均值", "mean over contacts that carry a share",
            of("worked_share", "mean"), of("worked_share", "rows")),
    Measure("disputes_received", "收件数", "Disputes received", "cases",
            "期内收到申请的案件", "cases with an application received", of("received", "cases")),
    Measure("disputes_accepted", "受理数", "Disputes accepted", "cases",
            "期内受理的案件", "cases accepted", of("accepted", "cases")),
    Measure("disputes_closed", "结案数", "Disputes closed", "cases",
            "期内结案(含移送)且期末仍结案的已受理案件",
            "accepted cases closed or transferred out in the period and not opened again in it",
            Part(ACCEPTED_CLOSED, "cases")),
    Measure("disputes_settled", "调解成功数", "Disputes settled", "cases",
            "首份有效协议或了结性即时支付在期内的案件",
            "cases whose first agreement in force or settling payment falls in the period",
            of("settled", "cases")),
    Measure("closure_rate", "结案率", "Closure rate", "percent",
            "结案数占期初未结与期内受理之和", "closed of carried over and accepted",
            Part(ACCEPTED_CLOSED, "cases"),
            Part(f"(({CARRIED}) OR (f.kind = 'accepted' AND {IN}))", "cases")),
    Measure("mediation_success_rate", "调解成功率", "Mediation success rate", "percent",
            "以协议或支付结案的占其与调解不成结案之和", "agreement among mediated closures",
            Part(f"f.dims->>'outcome' IN {RESULTS} AND {CLOSED}", "cases"),
            Part(f"(f.dims->>'outcome' IN {RESULTS} OR f.dims->>'outcome' = 'failed_escalated')"
                 f" AND {CLOSED}", "cases")),
    Measure("claimed", "主张金额", "Claimed", "fen", "期内收件案件各请求项最后主张金额之和",
            "last claimed amount of each line, cases received", of("claimed", "sum")),
    Measure("verified", "核定金额", "Verified", "fen", "期内收件案件各请求项最后核定金额之和",
            "last verified amount of each line, cases received", of("verified", "sum")),
    Measure("agreed", "协议金额", "Agreed", "fen", "期内签订未撤销的协议与了结性即时支付的金额",
            "lines of agreements signed and in force, and of settling payments",
            of("agreed", "sum")),
    Measure("paid", "追回金额", "Recovered", "fen", "期内到账减冲正，不含应急周转金和裁决款",
            "payments less reversals, without emergency fund and awards", PAID),
    Measure("paid_once", "追回金额(同案同额只计一次)", "Recovered, repeats once", "fen",
            "同追回金额，导入的同案同额多行只计一次",
            "as recovered; equal imported rows count once",
            of("paid", "sum", "NOT (f.dims->>'repeat')::boolean")),
    Measure("award_paid", "裁决款到账", "Award paid", "fen", "期内裁决款到账减冲正",
            "money from awards less reversals", of("award_paid", "sum")),
    Measure("paid_emergency_fund", "应急周转金垫付", "Emergency fund", "fen",
            "期内应急周转金垫付减冲正", "advances less reversals",
            of("paid_emergency_fund", "sum")),
    Measure("cases_paid", "有到账案件数", "Cases paid", "cases", "期内到账净额大于零的案件",
            "cases with a net recovered sum above zero", of("paid", "net_cases")),
    Measure("workers_paid", "受益劳动者", "Workers paid", "persons", "期内到账净额大于零的人",
            "distinct workers with a net sum above zero", of("paid", "net_persons")),
    Measure("paid_per_worker", "人均追回", "Recovered per worker", "fen",
            "追回金额除以受益劳动者", "recovered by workers paid", PAID,
            of("paid", "net_persons")),
    Measure("median_days_open_closed", "结案天数中位数", "Median days to closing", "days",
            "期内结案的收件(导入的为立案)至结案天数",
            "received (imported: opened) to closed, closed in the period",
            Part(f"(f.dims->>'received')::boolean AND {CLOSED}", "median")),
    Measure("median_days_received_settled", "达成协议天数中位数", "Median days to settling", "days",
            "期内达成的收件至达成天数", "received to settled, settled in the period",
            of("settled", "median", "(f.dims->>'received')::boolean")),
    Measure("respondents", "被申请单位数", "Respondents", "employers",
            "期内收件案件的被申请单位(不重复)", "distinct respondents of cases received",
            of("respondent", "employers")),
    Measure("vacancies", "岗位条数", "Vacancies", "vacancies", "期内发布的岗位",
            "vacancies published", of("vacancy")),
    Measure("vacancy_headcount", "岗位人数", "Posts", "posts", "期内发布岗位的人数",
            "headcounts of vacancies published", of("vacancy_headcount")),
    Measure("matched_person_times", "对接成功人次", "Matched", "person_times",
            "接受推荐、洽谈有意向与日结对接的人次", "accepted referrals, intents and quick matches",
            of("matched")),
    Measure("footfall", "客流人次", "Visitors", "person_times",
            "期内各时段计数之和，只计人次、不记人",
            "people counted at the door by interval, nobody named",
            of("footfall")),
    Measure("consultations", "咨询指导人次", "Consultations", "person_times",
            "期内职业指导与政策解读的次数", "career guidance and policy explained, each time",
            of("consulted")),
    Measure("stations_open", "在用站点数", "Stations open", "stations",
            "期末已开办而未关闭的站点", "stations opened and not closed by the end",
            Part("f.kind = 'station' AND f.occurred_on <= %(to_on)s", "facts")),
    Measure("gig_markets_open", "在用零工市场数", "Gig markets open", "stations",
            "期末已开办而未关闭的零工市场", "gig markets opened and not closed by the end",
            Part("f.kind = 'station' AND f.dims->>'site' = 'gig_market'"
                 " AND f.occurred_on <= %(to_on)s", "facts")),
    Measure("day_reports", "日报份数", "Daily reports", "reports", "期内报送的驿站日报",
            "daily reports handed in", of("day_report")),
    Measure("station_budget", "站点经费", "Station budget", "fen", "期内核定的站点经费",
            "budgets set", of("budget", "sum")),
)  # fmt: skip
MEASURES: Mapping[str, Measure] = {
    measure.code: measure for measure in (*_ALL, *DISPUTES, *EMPLOYMENT)
}
PATTERNS = ("placed_", "classified_", "claim_lines_", "paid_from_")


def measure(code: str) -> Measure:
    """Find a measure, one of a pattern (placed_<kind>, claim_lines_<code> ...) included."""
    if code in MEASURES:
        return MEASURES[code]
    kind = code.removeprefix("placed_")
    if kind != code and kind in PLACEMENT_KINDS:
        words = PLACEMENT_KINDS[kind]
        where = f"f.dims->>'placement' = '{kind}' AND (f.dims->>'verified')::boolean"
        return Measure(
            code, f"就业：{words.zh}", f"Placed: {words.en}", "person_times",
            "期内开始、截至查询日已核实的此类就业", "verified placements of this kind by first day",
            of("placement", "facts", where),
        )  # fmt: skip
    fund = code.removeprefix("paid_from_")
    if fund != code and fund in PAYMENT_SOURCES:
        words = PAYMENT_SOURCES[fund]
        return Measure(
            code, f"到账：{words.zh}", f"Paid by: {words.en}", "fen",
            "期内该来源的到账减冲正；应急周转金是垫付，不计入追回金额",
            "payments of this source less reversals; the emergency fund is an advance, kept apart",
            Part(f"f.kind IN ('paid', 'paid_emergency_fund') AND {IN}"
                 f" AND f.dims->>'fund' = '{fund}'", "sum"),
        )  # fmt: skip
    line = code.removeprefix("claim_lines_")
    if line != code and line.isalnum():
        return Measure(
            code, f"请求项数 {line}", f"Claim lines {line}", "claim_lines",
            "期内收件案件的此类请求项", "claim lines of this code, cases received",
            of("claimed", "facts", f"f.dims->>'code' = '{line}'"),
        )  # fmt: skip
    name = code.removeprefix("classified_")
    if name != code and "\0" not in name:
        quoted = name.replace("'", "''").replace("%", "%%")  # a register's own word, in our SQL
        pair = "(f.dims->>'scheme') || '_' || (f.dims->>'value')"
        return Measure(
            code, f"原分类案件数 {name}", f"Classified {name}", "cases",
            "期内标注为此原分类的案件", "cases classified so in the period",
            of("classified", "cases", f"{pair} = '{quoted}'"),
        )  # fmt: skip
    raise KeyError(code)
