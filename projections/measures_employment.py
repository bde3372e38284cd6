"""Figures of employment 就业指标 (domain.md 6.1), and those that peers abroad publish (6.3, WIOA).

Persons and person-times are measures of their own. A rate is 100 x the quotient of its two parts,
and each part opens the facts that it counts.
"""

from projections.measuring import IN, Measure, Part, of

_PASSED = "f.occurred_on < %(as_of)s"
_LEFT = "coalesce((f.dims->>'left_on')::date, 'infinity') >= %(from_on)s"
# Served on a day of the period: registered by its end, and not left before it.
_SERVED = f"f.kind = 'in_service' AND f.occurred_on <= %(to_on)s AND {_LEFT}"
# A valid seeker beside that: the registration holds, and work had not begun before the period.
_VALID = (
    f"{_SERVED} AND coalesce((f.dims->>'valid_until')::date, 'infinity') >= %(from_on)s"
    " AND coalesce((f.dims->>'work_from')::date, 'infinity') >= %(from_on)s"
)
_DEMAND = (
    "f.kind = 'vacancy_headcount' AND f.occurred_on <= %(to_on)s"
    " AND coalesce((f.dims->>'until')::date, 'infinity') >= %(from_on)s"
)
_BEFORE = "f.occurred_on < %(from_on)s"
_MARKET = "(f.dims->>'market')::boolean"
_HARD = "(f.dims->>'hardship')::boolean"
_STOCK = (
    "f.kind = 'hardship' AND f.occurred_on <= %(to_on)s"
    " AND coalesce((f.dims->>'ended_on')::date, 'infinity') >= %(from_on)s"
)
_OPEN_HOMES = (
    "f.kind = 'zero_household' AND f.occurred_on <= %(to_on)s"
    " AND coalesce((f.dims->>'ended_on')::date, 'infinity') > %(to_on)s"
)
_COUNTED = "NOT (f.dims->>'excluded')::boolean"


def _exit(more: str, until: str) -> str:
    """Write which exits count: not excluded, and the quarter looked at has passed."""
    extra = f" AND {more}" if more else ""
    return f"{_COUNTED} AND (f.dims->>'{until}')::date < %(as_of)s{extra}"


_SERVICE = (
    Measure("seekers_valid", "有效求职人数", "Valid job-seekers", "persons",
            "上期结转与本期新增：期内登记有效、未退出、期初前未就业的人",
            "carried over and new: registration valid, not left, not at work before the period",
            Part(_VALID, "persons")),
    Measure("seekers_carried", "上期结转求职人数", "Job-seekers carried over", "persons",
            "有效求职者中期初以前登记的", "valid seekers registered before the period",
            Part(f"{_VALID} AND {_BEFORE}", "persons")),
    Measure("demand_valid", "有效需求人数", "Valid demand", "posts",
            "上期结转与本期新增：期内有效岗位的人数",
            "carried over and new: headcounts of posts valid in the period",
            Part(_DEMAND, "facts")),
    Measure("demand_carried", "上期结转需求人数", "Demand carried over", "posts",
            "有效需求中期初以前发布的", "valid demand published before the period",
            Part(f"{_DEMAND} AND {_BEFORE}", "facts")),
    Measure("seekers_ratio", "求人倍率", "Posts a seeker", "ratio",
            "有效需求人数除以有效求职人数，均含上期结转",
            "valid demand by valid seekers, both with what was carried over",
            Part(_DEMAND, "facts"), Part(_VALID, "persons")),
    Measure("persons_in_service", "在册帮扶人数", "Persons in service", "persons",
            "期内登记在册、期初前未退出的人", "registered by the end, not left before the period",
            Part(_SERVED, "persons")),
    Measure("persons_served", "服务人数", "Persons served", "persons",
            "期内至少得到一次服务的人(不重复)", "distinct persons given a service",
            of("service", "persons")),
    Measure("services_given", "服务人次", "Services given", "person_times",
            "期内指导、政策、推荐、培训、活动、洽谈、走访的次数",
            "guidance, policy, referral, training, activity, meeting, visit",
            of("service")),
    Measure("standard_rate", "服务标准达标率", "Service standard met", "percent",
            "期内到期案件中各项服务按时完成的；到期前已退出且未完成的不计",
            "cases whose standard fell due, all items in time; left before without: not counted",
            of("standard", "cases", f"{_PASSED} AND (f.dims->>'in_time')::boolean"),
            of("standard", "cases", _PASSED)),
    Measure("follow_up_on_time", "回访按时率", "Follow-ups in time", "percent",
            "期内到期的稳岗回访中按时完成的", "retention contacts due, made by their day",
            of("retention", "facts", f"{_PASSED} AND (f.dims->>'in_time')::boolean"),
            of("retention", "facts", _PASSED)),
    Measure("satisfaction_mean", "满意度", "Satisfaction", "ratio",
            "回访时所给1至5分的平均", "mean of the 1 to 5 given at follow-ups",
            of("satisfaction", "mean"), of("satisfaction", "rows")),
)  # fmt: skip
_WORK = (
    Measure("persons_placed", "就业人数", "Persons placed", "persons",
            "期内开始且已核实就业的人(不重复)", "distinct persons with a verified placement",
            of("employment", "persons")),
    Measure("placement_rate", "就业率", "Placement rate", "percent",
            "期内已核实就业的人占在册帮扶的人", "persons placed of persons in service",
            of("employment", "persons"), Part(_SERVED, "persons")),
    Measure("referral_success", "推荐成功率", "Placements a referral", "percent",
            "期内已核实就业人次占推荐人次", "verified placements of referrals",
            of("employment"), of("referred")),
    Measure("matched_rate", "对接率", "Matched rate", "percent",
            "期内对接成功人次占求职登记人数", "matched person-times of registered persons",
            of("matched"), of("registered", "persons")),
    Measure("market_placements", "市场化就业人次", "Market placements", "person_times",
            "不含公益性岗位的已核实就业", "verified placements without public-welfare posts",
            of("employment", "facts", _MARKET)),
    Measure("reemployed", "失业人员再就业人数", "Unemployed placed", "persons",
            "就业时有失业登记的人", "placed while registered as unemployed",
            of("employment", "persons", "(f.dims->>'unemployed')::boolean")),
    Measure("hardship_placed", "就业困难人员实现就业", "Hardship persons placed", "persons",
            "就业时已认定为就业困难人员的人", "placed while recognised as in hardship",
            of("employment", "persons", _HARD)),
    Measure("hardship_placement_rate", "困难人员就业率", "Hardship placement rate", "percent",
            "困难人员就业人数占期内在册与新认定的困难人员",
            "hardship persons placed of those recognised in stock and new",
            of("employment", "persons", _HARD), Part(_STOCK, "persons")),
    Measure("zero_found", "发现零就业家庭", "Zero-employment households found", "households",
            "期内认定的零就业家庭", "declared in the period", of("zero_household", "cases")),
    Measure("zero_closed", "清零户数", "Households cleared", "households",
            "期内动态清零的家庭", "cleared in the period", of("zero_cleared", "cases")),
    Measure("zero_open", "期末未清零户数", "Households open at the end", "households",
            "期末仍未清零的家庭，应为零", "not cleared by the end of the period: should be none",
            Part(_OPEN_HOMES, "cases")),
    Measure("zero_days", "清零天数中位数", "Median days to clear", "days",
            "认定至清零的天数", "days from declaration to clearing",
            of("zero_cleared", "median")),
)  # fmt: skip
_LEARN = (
    Measure("training_employment", "培训就业率", "Training to employment", "percent",
            "第180天落在期内且已过的结业者中180天内就业的；在岗培训不计",
            "completers whose 180th day has passed, placed by it; who worked already is left out",
            of("trained", "facts", f"{_PASSED} AND NOT (f.dims->>'at_work')::boolean"
               " AND (f.dims->>'placed')::boolean"),
            of("trained", "facts", f"{_PASSED} AND NOT (f.dims->>'at_work')::boolean")),
    Measure("certificate_rate", "取证率", "Certificate rate", "percent",
            "期内结业者中已取证的", "completers who obtained the certificate",
            of("completion", "facts", "(f.dims->>'certified')::boolean"), of("completion")),
    Measure("attendance_rate", "出勤率", "Attendance", "percent",
            "期内结业学员实到课次占应到课次", "sessions attended of sessions planned",
            of("sessions_attended"), of("sessions_planned")),
)  # fmt: skip
_MONEY = (
    Measure("subsidy_persons", "补贴享受人数", "Persons subsidised", "persons",
            "期内领到补贴的人(不重复)", "distinct persons paid", of("subsidy_paid", "persons")),
    Measure("subsidy_paid", "补贴发放金额", "Subsidies paid", "fen",
            "期内发放的补贴", "paid in the period", of("subsidy_paid", "sum")),
    Measure("subsidy_per_person", "人均补贴", "Subsidy a person", "fen",
            "发放金额除以人数", "paid by persons", of("subsidy_paid", "sum"),
            of("subsidy_paid", "persons")),
    Measure("subsidies_refused", "不予补贴件数", "Subsidies refused", "person_times",
            "期内不予批准的申请", "applications refused", of("subsidy_refused")),
    Measure("subsidy_recovered", "追回补贴金额", "Subsidies recovered", "fen",
            "期内追回的补贴", "recovered in the period", of("subsidy_recovered", "sum")),
)  # fmt: skip
# 6.3: exits count in the period of their day, once the quarter looked at has passed.
_WIOA = (
    Measure("exits", "退出人数", "Exits", "persons",
            "期内退出帮扶的人", "persons whose case ended", of("exit", "persons")),
    Measure("exits_excluded", "不计入的退出", "Exits left out", "persons",
            "死亡、丧失劳动能力、服兵役、服刑的退出", "death, incapacity, military, institution",
            of("exit", "persons", "(f.dims->>'excluded')::boolean")),
    Measure("employment_second", "退出后第二季度就业率", "Employed, 2nd quarter after",
            "percent",
            "退出季度后第二季度有经核实的非补贴就业的退出者",
            "exiters confirmed in unsubsidised work in the second quarter after the exit's",
            of("exit", "persons", _exit("(f.dims->>'employed_second')::boolean", "second_until")),
            of("exit", "persons", _exit("", "second_until"))),
    Measure("employment_fourth", "退出后第四季度就业率", "Employed, 4th quarter after",
            "percent",
            "同上，第四季度", "as above, in the fourth quarter",
            of("exit", "persons", _exit("(f.dims->>'employed_fourth')::boolean", "fourth_until")),
            of("exit", "persons", _exit("", "fourth_until"))),
    Measure("median_earnings", "退出后月工资中位数", "Median monthly earnings after exit", "fen",
            "第二季度在业退出者的月工资中位数", "of those employed in the second quarter",
            of("exit_wage", "median", "(f.dims->>'second_until')::date < %(as_of)s")),
    Measure("credential_rate", "培训学员取证率", "Credential attainment", "percent",
            "参加过培训的退出者中，在帮扶期间或退出后一年内取证的",
            "exiters once in training with a credential by a year after the exit",
            of("exit", "persons", f"{_COUNTED} AND (f.dims->>'trained')::boolean"
               " AND (f.dims->>'credential')::boolean"),
            of("exit", "persons", f"{_COUNTED} AND (f.dims->>'trained')::boolean")),
    Measure("skill_gains", "可测技能提升率", "Measurable skill gains", "percent",
            "期内参训者中有合格结业或证书的", "persons in training with a pass or a certificate",
            Part(f"f.kind = 'skill_gain' AND {IN}", "persons"),
            Part(f"f.kind IN ('training_enrolled', 'training_completed', 'skill_gain') AND {IN}",
                 "persons")),
    Measure("employer_retention", "同一单位留用率", "Retention with the same employer", "percent",
            "第二季度在业的退出者中第四季度仍在同一单位的",
            "employed in the second quarter, with the same employer in the fourth",
            of("exit", "persons", _exit("(f.dims->>'same_employer')::boolean", "fourth_until")),
            of("exit", "persons", _exit("(f.dims->>'employed_second')::boolean", "fourth_until"))),
)  # fmt: skip
GROUPED = {
    "service": _SERVICE,
    "work": _WORK,
    "learn": _LEARN,
    "money": _MONEY,
    "exit": _WIOA,
}
EMPLOYMENT = tuple(one for group in GROUPED.values() for one in group)
