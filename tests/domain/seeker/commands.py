"""Every decision of a seeker's case with arguments that a free hand varies."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from domain.kernel import Event
from domain.money import Fen
from domain.seeker import SeekerCase, facts
from domain.seeker.criteria import SHIPPED
from domain.seeker.placement import Terms
from domain.seeker.values import Course, PlanItem, RestsOn, Wants
from tests.domain.files import a_file
from tests.domain.seeker.play import BIRTH, CAPS, COLLEAGUE, OFFICER, STATION, WIDE, post

LICENCE = "92440784MA00000000"


class Hand(NamedTuple):
    """What a command varies: the day, a small number, a second one, a yes or no."""

    day: date
    no: int = 1
    other: int = 0
    yes: bool = True


Command = Callable[[SeekerCase, Hand], list[Event]]


def pick(hand: Hand, *codes: str) -> str:
    return codes[hand.other % len(codes)]


def register(case: SeekerCase, hand: Hand) -> list[Event]:
    return case.register(
        occurred_on=hand.day,
        person="person-1",
        station=STATION,
        county="440784",
        serial=hand.no,
        channel="walk_in",
        birth=BIRTH,
        sex="female",
        domicile="440784",
        activity=pick(hand, "jobless", "jobless", "student"),
        wants=Wants(),
        notice_version="1",
        valid_until=WIDE,
    )


def place(case: SeekerCase, hand: Hand) -> list[Event]:
    kind = pick(
        hand,
        "formal",
        "self_employed",
        "flexible",
        "piecework",
        "internship",
        "public_welfare",
        "part_time",
    )
    return case.place(
        today=hand.day,
        kind=kind,
        start_on=hand.day + timedelta(days=hand.no - 3),
        terms=Terms(36, BIRTH),
        employer="employer-1",
        referral=hand.no if hand.yes and hand.no in case.referrals else None,
        licence_no=LICENCE,
        term_until=hand.day + timedelta(days=300) if kind == "public_welfare" else None,
    )


def apply_for_hardship(case: SeekerCase, hand: Hand) -> list[Event]:
    return case.apply_for_hardship(
        occurred_on=hand.day,
        category=pick(hand, "H06", "H02", "H07", "H01"),
        proofs="proof",
        entered_by=OFFICER,
        birth=BIRTH,
        criteria=SHIPPED[-1],
    )


def recognise(case: SeekerCase, hand: Hand) -> list[Event]:
    return case.recognise_hardship(
        occurred_on=hand.day,
        hardship=hand.no,
        officer=COLLEAGUE if hand.yes else OFFICER,
        criteria=SHIPPED[-1],
        birth=BIRTH,
    )


def apply_for_subsidy(case: SeekerCase, hand: Hand) -> list[Event]:
    month = f"{hand.day:%Y-%m}"
    kind = pick(hand, "hiring_once", "flexible_insurance", "post", "startup_once", "training")
    return case.apply_for_subsidy(
        occurred_on=hand.day,
        kind=kind,
        rests_on=RestsOn(placement=hand.no, training=f"training-{hand.no}", licence_no=LICENCE),
        amount=Fen(100_000 + hand.other),
        entered_by=OFFICER,
        months=(month,) if kind in {"flexible_insurance", "post"} else (),
    )


def follow_up(case: SeekerCase, hand: Hand) -> list[Event]:
    retention = hand.yes
    return case.record_follow_up(
        occurred_on=hand.day,
        purpose="retention" if retention else "contact",
        channel="phone",
        result=pick(hand, "retained", "retained", "lost", "no_contact") if retention else "reached",
        placement=hand.no if retention else None,
        month=(1, 3, 6)[hand.other % 3] if retention else None,
    )


def items(hand: Hand) -> tuple[PlanItem, ...]:
    return (PlanItem(kind="guidance", count=hand.no, due_on=hand.day),)


COMMANDS: Mapping[str, Command] = {
    "record_lead": lambda c, h: c.record_lead(
        person="person-1", station=STATION, channel="visit", note="note"
    ),
    "register": register,
    "renew_registration": lambda c, h: c.renew_registration(valid_until=date(2100, 1, h.no)),
    "change_wishes": lambda c, h: c.change_wishes(wants=Wants(trades=(f"trade-{h.no}",))),
    "give_consent": lambda c, h: c.give_consent(
        purpose=pick(h, "sensitive", "service"), notice_version="1"
    ),
    "withdraw_consent": lambda c, h: c.withdraw_consent(purpose=pick(h, "sensitive", "service")),
    "register_unemployment": lambda c, h: c.register_unemployment(
        occurred_on=h.day, lost_on=h.day, reason="resigned", promise=True
    ),
    "cancel_unemployment": lambda c, h: c.cancel_unemployment(reason="employed"),
    "tag_group": lambda c, h: c.tag_group(group=pick(h, "woman", "mother")),
    "untag_group": lambda c, h: c.untag_group(group=pick(h, "woman", "mother"), reason="over"),
    "assess_ability": lambda c, h: c.assess_ability(area="cooking", level="high", note="note"),
    "assess_willingness": lambda c, h: c.assess_willingness(level="low"),
    "assess_needs": lambda c, h: c.assess_needs(
        needs=("job",), barriers=("care",), activity="jobless" if h.yes else ""
    ),
    "assign_tier": lambda c, h: c.assign_tier(tier=pick(h, "A", "B", "C", "D"), reason="why"),
    "assign": lambda c, h: c.assign(
        officer=f"staff-{h.no}", role="owner" if h.yes else "co_worker"
    ),
    "unassign": lambda c, h: c.unassign(officer=f"staff-{h.no}", reason="left"),
    "offer_transfer": lambda c, h: c.offer_transfer(to_station=f"station-{h.no}", reason="moved"),
    "decline_transfer": lambda c, h: c.decline_transfer(by_station=[c.offered_to], reason="full"),
    "accept_transfer": lambda c, h: c.accept_transfer(
        by_station=[c.offered_to if h.yes else "elsewhere"], officer="staff-9"
    ),
    "place_hold": lambda c, h: c.place_hold(
        occurred_on=h.day,
        until=h.day + timedelta(days=h.no * 40),
        reason="season",
        days_most=120,
    ),
    "lift_hold": lambda c, h: c.lift_hold(),
    "suspend": lambda c, h: c.suspend(
        occurred_on=h.day,
        today=h.day,
        reason="ill",
        until=h.day + timedelta(days=h.no * 45),
        caps=CAPS,
    ),
    "prolong_suspension": lambda c, h: c.prolong_suspension(
        reason="ill", until=h.day + timedelta(days=h.no * 50), caps=CAPS
    ),
    "resume": lambda c, h: c.resume(),
    "close": lambda c, h: c.close(
        occurred_on=h.day,
        reason="not_registered"
        if c.standing == "LEAD"
        else pick(h, "moved", "employed_stable", "refused_service"),
        override="" if h.yes else "the station manager knows",
    ),
    "reopen": lambda c, h: c.reopen(reason="job_lost"),
    "merge": lambda c, h: c.merge(case="seeker-0", into=f"seeker-{h.no}"),
    "absorb": lambda c, h: c.absorb(case=f"seeker-{h.no}"),
    "unmerge": lambda c, h: c.unmerge(other=c.merged_into or f"seeker-{h.no}", reason="wrong"),
    "link_to_dispute": lambda c, h: c.link_to_dispute(dispute=f"dispute-{h.no}"),
    "unlink_from_dispute": lambda c, h: c.unlink_from_dispute(
        dispute=f"dispute-{h.no}", reason="other person"
    ),
    "add_note": lambda c, h: c.add_note(note="note"),
    "issue_documents": lambda c, h: c.issue_documents(
        papers=[
            facts.DocumentIssued(
                document=f"document-{h.no}",
                kind="registration",
                template="1",
                engine="typst 0.15",
                at_position=7,
                salt="00",
                sha256="ff",
            )
        ]
    ),
    "attach": lambda c, h: c.attach(files=[a_file(h.no)], most=60, most_bytes=10_000_000),
    "withdraw_attachment": lambda c, h: c.withdraw_attachment(
        attachment=f"attachment-{h.no}", reason="wrong case"
    ),
    "give_access_code": lambda c, h: c.give_access_code(digest=f"{h.no:064x}"),
    "correct_record": lambda c, h: c.correct_record(
        version=h.no,
        field=pick(h, "channel", "start_on", "occurred_on"),
        value=pick(h, "phone", "2024-02-02", "2024-02-02"),
        reason="typing error",
        occurred_on=h.day,
    ),
    "void_fact": lambda c, h: c.void_fact(
        version=max(len(c.history) - h.no, 1), reason="not this person", occurred_on=h.day
    ),
    "apply_for_hardship": apply_for_hardship,
    "post_hardship_notice": lambda c, h: c.post_hardship_notice(
        hardship=h.no, notice_from=h.day, notice_to=h.day + timedelta(days=7), notice_days=7
    ),
    "recognise_hardship": recognise,
    "refuse_hardship": lambda c, h: c.refuse_hardship(
        occurred_on=h.day,
        hardship=h.no,
        officer=COLLEAGUE,
        criteria=SHIPPED[-1],
        reason="not_met",
        basis="2",
    ),
    "certify_hardship": lambda c, h: c.certify_hardship(
        occurred_on=h.day,
        hardship=h.no,
        register="register",
        answer=pick(h, "met", "not_met", "unknown", "unavailable"),
        reference="44",
        returned="{}",
        as_of=h.day,
    ),
    "uphold_hardship": lambda c, h: c.uphold_hardship(
        occurred_on=h.day, hardship=h.no, officer=COLLEAGUE, reason="seen", grace=92
    ),
    "cancel_hardship": lambda c, h: c.cancel_hardship(hardship=h.no, reason="employed"),
    "make_plan": lambda c, h: c.make_plan(standard="131", officer=OFFICER, items=items(h)),
    "revise_plan": lambda c, h: c.revise_plan(items=items(h), reason="more"),
    "record_visit": lambda c, h: c.record_visit(kind="household", found="met"),
    "give_guidance": lambda c, h: c.give_guidance(kind="career", minutes=h.no),
    "explain_policy": lambda c, h: c.explain_policy(policy="labour_law"),
    "join_activity": lambda c, h: c.join_activity(kind="fair", job_fair="job_fair-1"),
    "hold_match_meeting": lambda c, h: c.hold_match_meeting(employer="employer-1", intent=h.yes),
    "take_insurance": lambda c, h: c.take_insurance(
        insurer="insurer", cover_from=h.day, cover_to=h.day, amount=Fen(5_000)
    ),
    "refer": lambda c, h: c.refer(occurred_on=h.day, post=post(f"vacancy-{h.no}"), consent=True),
    "answer_referral": lambda c, h: c.answer_referral(
        referral=h.no, accepted=h.yes, reason=pick(h, "pay", "care", "no_interest")
    ),
    "hold_interview": lambda c, h: c.hold_interview(
        occurred_on=h.day, referral=h.no, result="passed"
    ),
    "make_offer": lambda c, h: c.make_offer(occurred_on=h.day, referral=h.no, direct_hire=h.yes),
    "end_referral": lambda c, h: c.end_referral(
        referral=h.no, outcome=pick(h, "not_hired", "withdrawn", "no_show")
    ),
    "suspend_referral": lambda c, h: c.suspend_referral(referral=h.no, reason="false_post"),
    "enrol": lambda c, h: c.enrol(
        occurred_on=h.day, course=Course(f"training-{h.no}", "planned", WIDE, 1)
    ),
    "complete_training": lambda c, h: c.complete_training(
        training=f"training-{h.no}", planned=10, attended=7 + h.other % 4, passed=h.yes, percent=80
    ),
    "drop_training": lambda c, h: c.drop_training(training=f"training-{h.no}", reason="care"),
    "obtain_certificate": lambda c, h: c.obtain_certificate(
        kind="skill_level", number="4499", training=f"training-{h.no}" if h.yes else ""
    ),
    "place": place,
    "verify_placement": lambda c, h: c.verify_placement(
        occurred_on=h.day, placement=h.no, method="call"
    ),
    "end_placement": lambda c, h: c.end_placement(
        occurred_on=h.day, placement=h.no, ended_on=h.day, reason="resigned"
    ),
    "agree_follow_up": lambda c, h: c.agree_follow_up(
        occurred_on=h.day, due_on=h.day + timedelta(days=h.no), purpose="contact"
    ),
    "record_follow_up": follow_up,
    "apply_for_subsidy": apply_for_subsidy,
    "check_subsidy": lambda c, h: c.check_subsidy(subsidy=h.no, findings=("in_order",)),
    "approve_subsidy": lambda c, h: c.approve_subsidy(
        subsidy=h.no, amount=Fen(100_000), officer=COLLEAGUE if h.yes else OFFICER
    ),
    "refuse_subsidy": lambda c, h: c.refuse_subsidy(
        subsidy=h.no, reason="not_met", basis="2", officer=COLLEAGUE
    ),
    "pay_subsidy": lambda c, h: c.pay_subsidy(
        subsidy=h.no, amount=Fen(40_000 + h.other), voucher_no=f"V-{h.other}"
    ),
    "stop_subsidy": lambda c, h: c.stop_subsidy(
        subsidy=h.no, from_month=f"{h.day:%Y-%m}", reason="job_ended"
    ),
    "recover_subsidy": lambda c, h: c.recover_subsidy(
        subsidy=h.no, amount=Fen(30_000 + h.other), voucher_no="R-1"
    ),
}
