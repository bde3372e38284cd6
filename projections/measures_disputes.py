"""Measures of disputes beyond the contract of `stats --json`: ends, performance, collectives.

Both dates of Q-01 (signature, performance), both closure rates of Q-11, what came in time.
"""

from projections.measuring import ACCEPTED_CLOSED, CARRIED, IN, SAME, Measure, Part, of

PASSED = "f.occurred_on < %(as_of)s"


def _ended_by(way: str) -> tuple[Part, Part]:
    """Count closings by one day of the two: accepted, ended in the period, of those to be ended."""
    carried = (
        "f.kind = 'accepted' AND f.occurred_on <= %(to_on)s AND NOT EXISTS (SELECT FROM f l WHERE"
        f" {SAME} AND l.kind = 'ended_{way}' AND l.occurred_on < %(from_on)s)"
    )
    return Part(f"f.kind = 'ended_{way}' AND {IN}", "cases"), Part(carried, "cases")


DISPUTES = (
    Measure("closure_rate_outside", "结案率(含案外调解)", "Closure rate with outside cases",
            "percent", "结案数与未受理即调解成功的案件之和，占其与应结案件之和",
            "closed and settled without acceptance, of these and of what was to be closed",
            Part(f"(({ACCEPTED_CLOSED}) OR (f.kind = 'settled_outside' AND {IN}))", "cases"),
            Part(f"(({CARRIED}) OR (f.kind IN ('accepted', 'settled_outside') AND {IN}))",
                 "cases")),
    Measure("closure_rate_signature", "结案率(签协议即算)", "Closure rate by signature", "percent",
            "期内达成协议或结案的，占期末前受理、期初未了的案件",
            "agreed or closed in the period, of those accepted and not ended before it",
            *_ended_by("signature")),
    Measure("closure_rate_performance", "结案率(履行完才算)", "Closure rate by performance",
            "percent", "期内履行完毕(未达成的按结案)的，占期末前受理、期初未了的案件",
            "performed (without agreement: closed) in the period, of those not ended before it",
            *_ended_by("performance")),
    Measure("disputes_performed", "履行完毕数", "Disputes performed", "cases",
            "末笔付款在期内、无人再等款的协议案件",
            "agreements whose last payment is in the period",
            of("performed", "cases")),
    Measure("median_days_received_performed", "履行完毕天数中位数", "Median days to performance",
            "days", "期内履行完毕的收件至末笔付款天数", "received to last payment",
            of("performed", "median")),
    Measure("on_time_mediation", "按期办结率", "Mediation ended in time", "percent",
            "期内调解有了结果的案件中，不晚于调解期限(DL-03，含中止与延长)的",
            "mediation ended in the period, on or before its limit (DL-03 with pauses, extensions)",
            of("mediated", "cases", "(f.dims->>'on_time')::boolean"), of("mediated", "cases")),
    Measure("escalation_rate", "转出率", "Escalation rate", "percent",
            "以调解不成转出结案的占结案数", "closed as failed and escalated, of those closed",
            Part(f"f.dims->>'outcome' = 'failed_escalated' AND {ACCEPTED_CLOSED}", "cases"),
            Part(ACCEPTED_CLOSED, "cases")),
    Measure("collective_cases", "集体争议件数", "Collective disputes", "cases",
            "期内收件、同一请求满10人的案件", "received, ten or more with a common claim",
            of("profile", "cases", "(f.dims->>'collective')::boolean")),
    Measure("collective_workers", "集体争议人数", "Workers in collective disputes", "person_times",
            "期内收件的集体争议案件未撤回的劳动者", "claimants of collective disputes received",
            of("profile", "facts", "(f.dims->>'collective')::boolean")),
    Measure("dispute_workers", "涉案劳动者人次", "Claimants", "person_times",
            "期内收件案件未撤回的劳动者，每案一次", "claimants of cases received, once a case",
            of("profile")),
    Measure("collective_share", "集体争议占比", "Collective share", "percent",
            "集体争议占期内收件", "collective disputes of those received",
            of("profile", "cases", "(f.dims->>'collective')::boolean"), of("profile", "cases")),
    Measure("repeat_respondents", "多次被申请单位数", "Repeat respondents", "employers",
            "期内有两件以上收件的被申请单位", "respondents of two or more cases received",
            of("respondent", "repeat_employers")),
    Measure("repeat_claimants", "重复申请人数", "Repeat claimants", "persons",
            "期内在两件以上案件提出请求的劳动者", "workers with claims in two or more cases",
            of("claimed", "repeat_persons")),
    Measure("performance_instalments", "履行率(按期次)", "Instalments paid in time", "percent",
            "应付日在期内且已过的分期中，应付日前付清的",
            "instalments due, paid in full by their day",
            of("instalment", "facts", f"{PASSED} AND (f.dims->>'on_time')::boolean"),
            of("instalment", "facts", PASSED)),
    Measure("performance_lines", "履行率(按人)", "Worker lines paid in time", "percent",
            "应付日在期内且已过的各人分期中，应付日前付清的",
            "lines of workers due, paid by their day",
            of("instalment", "dim:lines_on_time", PASSED),
            of("instalment", "dim:lines", PASSED)),
    Measure("performance_amount", "履行率(按金额)", "Amount paid in time", "percent",
            "应付日在期内且已过的应付金额中，应付日前付到的", "money due, paid by its day",
            of("instalment", "dim:paid_on_time", PASSED), of("instalment", "sum", PASSED)),
    Measure("paid_share", "追回占协议", "Recovered of agreed", "percent",
            "期内追回金额占期内协议金额", "recovered of agreed in the period", of("paid", "sum"),
            of("agreed", "sum")),
    Measure("agreed_share", "协议占主张", "Agreed of claimed", "percent",
            "期内签订的协议金额占签约劳动者的主张金额", "agreed of what the signers claimed",
            of("agreed", "sum", "f.dims ? 'agreement'"), of("signed_claim", "sum")),
    Measure("advance_recovered", "周转金追回", "Advances recovered", "fen",
            "期内向用人单位追回的应急周转金", "advances given back by employers",
            of("advance_recovered", "sum")),
)  # fmt: skip
