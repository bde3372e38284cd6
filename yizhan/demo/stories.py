"""Stories 1 to 5 and 9 of domain.md 8: seekers, with their dates and amounts, to 2026-04-16."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from domain.household import Household
from domain.kernel import Event
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.seeker.values import PlanItem, RestsOn
from yizhan.demo.classes import Plan, enrol, open_class, teach
from yizhan.demo.help import post_subsidies
from yizhan.demo.jobs import employ, publish
from yizhan.demo.people import Roster, stream
from yizhan.demo.places import Places
from yizhan.demo.registers import Recognition, recognise
from yizhan.demo.script import Script, at, working
from yizhan.demo.seekers import Seeker

LICENCE = "92449901MAXX000158"
GRANT = Fen(1_000_000)


class Stories:
    """The seekers whom the seeds name; what is marked * there is invented."""

    def __init__(self, script: Script, roster: Roster, places: Places) -> None:
        """Take where to write, whom to invent, who works where."""
        self.script, self.roster, self.places = script, roster, places

    # Story 1 ----------------------------------------------------------------------------------

    def gong(self) -> Seeker:
        """Register 龚凤 at Xingye, 2024-03-04; her class is told with the others."""
        someone = self.roster.person("龚凤", "449901198403120229")
        moment = at(date(2024, 3, 4))
        seeker = Seeker(self.script, self.places.who("xingye-1"), someone, moment)
        seeker.register(moment, trades=("catering",), hours=("08:30-16:30",))
        return seeker.assess(at(moment.date(), 10), ("flexible_job", "training"), "B", ("skill",))

    def gong_after(self, seeker: Seeker, training: str) -> None:
        """Lead 龚凤 from the certificate to her shop and its grant."""
        seeker.do(
            at(date(2024, 4, 18)),
            lambda case: case.obtain_certificate(
                kind="special_ability", number="4499-0418", training=training
            ),
        )
        started = date(2024, 7, 8)
        seeker.place(at(started), "self_employed", licence_no=LICENCE, training=training)
        seeker.verify(at(date(2024, 7, 10)), "visit")
        for month, day in ((1, date(2024, 8, 8)), (3, date(2024, 10, 8)), (6, date(2025, 1, 8))):
            seeker.follow(at(day, 11), month)
        months = ("2024-11", "2024-12", "2025-01")
        rests_on = RestsOn(placement=1, licence_no=LICENCE, insured=months)
        applied, officer = at(date(2025, 2, 10)), seeker.who.account
        other = self.places.who("xingye-2")
        seeker.do(
            applied,
            lambda case: case.apply_for_subsidy(
                occurred_on=applied.date(), kind="startup_once", rests_on=rests_on, amount=GRANT,
                entered_by=officer,
            ),
        )  # fmt: skip
        seeker.do(
            at(date(2025, 2, 12)),
            lambda case: case.check_subsidy(subsidy=1, findings=("insurance_matched",)),
        )
        seeker.do(
            at(date(2025, 2, 18)),
            lambda case: case.approve_subsidy(subsidy=1, amount=GRANT, officer=other.account),
            who=other,
            right="subsidy.decide",
        )
        seeker.do(
            at(date(2025, 3, 5)),
            lambda case: case.pay_subsidy(subsidy=1, amount=GRANT, voucher_no="BT-2025-0305"),
            who=other,
            right="subsidy.decide",
        )

    # Story 2 ----------------------------------------------------------------------------------

    def liu(self) -> None:
        """Lead 刘月仙 from a lead to a stable job."""
        someone = self.roster.person("刘月仙", "449901197709180465")
        script, who = self.script, self.places.who("huiya-1")
        day = date(2024, 5, 6)
        seeker = Seeker(script, who, someone, at(day), domicile="440106")
        seeker.do(
            at(day),
            lambda case: case.record_lead(
                person=someone.id, station=who.station, channel="grid_worker",
                note="网格员报送：家中有困境儿童，照护幼子",
            ),
            right="seeker.lead",
        )  # fmt: skip
        seeker.do(
            at(day, 14),
            lambda case: case.record_visit(kind="household", found="hardship", note="照护幼子"),
        )
        seeker.register(at(day, 15), county="440106", channel="grid_worker", hours=("9-16",))
        household = self._zero_household(seeker)
        recognise(seeker, Recognition("H01", "", date(2024, 5, 13), date(2024, 5, 20),
                                      date(2024, 5, 22)), self.places.who("huiya-2"))  # fmt: skip
        seeker.do(at(date(2024, 5, 23)), lambda case: case.assess_willingness(level="low"))
        for held in (date(2024, 5, 25), date(2024, 5, 28), date(2024, 5, 31)):
            seeker.do(at(held), lambda case: case.join_activity(kind="volunteer"))
        firm = self.roster.firm("天河区", "天河区慧雅颐康服务站", trade="domestic")
        employ(script, who, date(2024, 5, 8), firm, "440106")
        opening = publish(script, who, date(2024, 6, 3), "huiya-care", firm, 2, title="长者照护员",
                          place="440106", hours=("9-16",))  # fmt: skip
        seeker.refer(at(date(2024, 6, 7)), opening).answer(at(date(2024, 6, 11)))
        seeker.interview(at(date(2024, 6, 12)), "passed")
        started = date(2024, 6, 17)
        seeker.place(at(started), "part_time", opening=opening).verify(at(started, 10), "visit")
        script.ask(
            who, at(started, 14), Household, household,
            lambda h: h.clear_zero(
                member=someone.id, seeker=seeker.stream, placement=1, verified=True,
                start_on=started, occurred_on=started,
            ),
            "seeker.edit",
        )  # fmt: skip
        for month, called in ((1, date(2024, 7, 17)), (3, date(2024, 9, 18)),
                              (6, date(2024, 12, 17))):  # fmt: skip
            seeker.follow(at(called, 11), month)
        seeker.close(at(date(2024, 12, 17), 16), "employed_stable")

    def _zero_household(self, seeker: Seeker) -> str:
        """Declare the household one in which nobody has work."""
        moment, who = at(date(2024, 5, 7)), seeker.who
        name, person = stream("household", "liu", moment), seeker.someone.id

        def ask(decision: Callable[[Household], list[Event]]) -> None:
            self.script.ask(who, moment, Household, name, decision, "seeker.edit")

        ask(lambda h: h.register(kind="urban", domicile="440106"))
        ask(lambda h: h.add_member(person=person, relation="self", able=True, willing=True))
        ask(lambda h: h.declare_zero(placed=()))
        return name

    # Stories 3 to 5 ---------------------------------------------------------------------------

    def huang(self) -> None:
        """Lead 黄紫萱, a graduate, from a street visit to an offer and a job after graduation."""
        who, day = self.places.who("hongqiao-1"), date(2023, 11, 14)
        openings = []
        for number in (1, 2):
            firm = self.roster.firm(
                "天河区", f"天河区{'恒信' if number == 1 else '明达'}造价咨询有限公司"
            )
            employ(self.script, who, date(2023, 10, 9), firm, "440106")
            openings.append(
                publish(self.script, who, date(2023, 11, 6), f"cost-{number}", firm, 2,
                        title="工程造价助理", trade="cost_engineering", place="440106")
            )  # fmt: skip
        someone = self.roster.person("黄紫萱", "449901200205060683")
        seeker = Seeker(self.script, who, someone, at(day), domicile="440104")
        seeker.register(at(day), county="440104", channel="street_visit", activity="student",
                        trades=("cost_engineering",))  # fmt: skip
        seeker.group(at(day), "graduate")
        promised = (PlanItem(kind="referral", count=3, due_on=date(2023, 12, 14)),)
        seeker.do(
            at(day, 10),
            lambda case: case.make_plan(standard="1131", officer=who.account, items=promised),
        )
        for opening in openings:
            seeker.refer(at(date(2023, 11, 20)), opening)
        for number, met, result in ((1, date(2023, 12, 5), "passed"),
                                    (2, date(2023, 12, 8), "failed")):  # fmt: skip
            seeker.answer(at(date(2023, 11, 22)), referral=number)
            seeker.interview(at(met), result, referral=number)
        offered = at(date(2023, 12, 15))
        seeker.do(offered, lambda case: case.make_offer(occurred_on=offered.date(), referral=1))
        seeker.do(offered, lambda case: case.end_referral(referral=2, outcome="not_hired"))
        started = date(2024, 7, 1)
        seeker.place(at(started), "formal", opening=openings[0])
        seeker.verify(at(date(2024, 7, 3)), "contract").stays(started, date(2025, 12, 31))

    def lin(self) -> None:
        """Lead 林贝妮 through a class of five days; her licence comes after 203 days."""
        who = self.places.who("yaohua-1")
        someone = self.roster.person("林贝妮", "449901199302270249")
        seeker = Seeker(self.script, who, someone, at(date(2025, 1, 2)), domicile="440103")
        seeker.register(at(date(2025, 1, 2)), county="440103", trades=("catering",))
        seeker.assess(at(date(2025, 1, 2), 10), ("startup", "training"), "B", ("skill",))
        school = self.roster.firm("荔湾区", "荔湾区西关职业培训学校", trade="office")
        employ(self.script, who, date(2024, 12, 2), school, "440103")
        days = tuple(date(2025, 1, 6) + timedelta(number) for number in range(5))
        plan = Plan("child-food", "儿童辅食制作班", "catering", "耀华社区", "offline", days, 1)
        training = open_class(self.script, who, plan, school.id, date(2024, 12, 23))
        enrol(seeker, date(2025, 1, 3), training, plan)
        teach(self.script, who, training, plan, [seeker], school.id, missed=0)
        called = date(2025, 2, 10)
        seeker.do(
            at(called, 11),
            lambda case: case.record_follow_up(
                occurred_on=called, purpose="after_training", channel="phone", result="reached"
            ),
        )
        started = date(2025, 8, 1)
        seeker.place(at(started), "self_employed", licence_no="92449901MAXX000238")
        seeker.verify(at(date(2025, 8, 5)), "visit").stays(started, date(2026, 4, 16))

    def xu(self) -> None:
        """Lead 徐丽燕 to teaching; she declines a full-time post for her mother's sake."""
        who, day = self.places.who("yaohua-1"), date(2024, 9, 2)
        someone = self.roster.person("徐丽燕", "44990119760714042X")
        seeker = Seeker(self.script, who, someone, at(day), domicile="440103")
        seeker.register(at(day), county="440103", trades=("teaching", "handcraft"))
        seeker.group(at(day), "carer")
        seeker.do(at(day, 10), lambda case: case.assess_ability(area="handcraft", level="high"))
        firm = self.roster.firm("荔湾区", "荔湾区巧手手工艺服务社", trade="handcraft")
        employ(self.script, who, date(2024, 8, 1), firm, "440103")
        opening = publish(self.script, who, date(2024, 9, 3), "full-time", firm, 1,
                          title="全日制手工导师", place="440103")  # fmt: skip
        started = date(2024, 9, 9)
        seeker.place(at(started), "flexible", pay=Fen(30_000))
        seeker.verify(at(date(2024, 9, 11)), "visit")
        seeker.follow(at(date(2024, 10, 9), 11), 1)
        seeker.refer(at(date(2024, 10, 10)), opening).answer(at(date(2024, 10, 11)), "care")
        seeker.follow(at(date(2024, 12, 9), 11), 3).follow(at(working(date(2025, 3, 9)), 11), 6)

    # Story 9 ----------------------------------------------------------------------------------

    def chen(self) -> None:
        """Lead 陈志强 to a public-welfare post, 2023-08-01 to 2026-07-31."""
        who = self.places.who("caseworker")
        someone = self.roster.person("陈志强", "449902196904050318")
        day = date(2023, 5, 8)
        seeker = Seeker(self.script, who, someone, at(day))
        seeker.register(at(day), channel="visit")
        seeker.do(
            at(day, 10),
            lambda case: case.give_consent(purpose="sensitive", notice_version="2023-05"),
        )
        firm = self.roster.firm("鹤山市鹤城镇", "鹤山市鹤城镇公共服务中心", trade="security")
        employ(self.script, who, date(2023, 4, 3), firm)
        opening = publish(
            self.script, who, date(2023, 5, 4), "welfare", firm, 6, title="社区保洁员"
        )
        for number, referred in enumerate((date(2023, 5, 15), date(2023, 5, 29),
                                           date(2023, 6, 12)), start=1):  # fmt: skip
            seeker.refer(at(referred), opening).answer(at(referred, 10), referral=number)
            seeker.interview(at(working(referred, 2)), "failed", referral=number)
            seeker.do(
                at(working(referred, 2), 10),
                partial(SeekerCase.end_referral, referral=number, outcome="not_hired"),
            )
        recognise(seeker, Recognition("H02", "残疾人证", date(2023, 6, 26), date(2023, 7, 4),
                                      date(2023, 7, 6)),
                  self.places.who("second"), certified="CL-449901-0306")  # fmt: skip
        started = date(2023, 8, 1)
        seeker.place(at(started), "public_welfare", employer=firm.id, term_until=date(2026, 7, 31))
        seeker.verify(at(date(2023, 8, 3)), "contract")
        for month, called in ((1, date(2023, 9, 1)), (3, date(2023, 11, 1)), (6, date(2024, 2, 1))):
            seeker.follow(at(called, 11), month)
        post_subsidies(seeker, started, date(2026, 3, 31), self.places.who("second"))
