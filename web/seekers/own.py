"""What a seeker's case itself offers to its forms: referrals, placements, classes, records."""

from collections.abc import Callable, Iterable, Sequence

from domain import codes
from domain.codes import CodeList
from domain.seeker import SeekerCase
from domain.seeker.checks import shares
from web import texts
from web.parts import Directory
from web.seekers import words

Pairs = Sequence[tuple[str, str]]
Offer = Callable[[SeekerCase, Directory], Pairs]


def _word(codelist: CodeList, code: str) -> str:
    return texts.label(codelist[code]) if code in codelist else code


def referrals(wanted: Iterable[str]) -> Offer:
    """Offer the referrals of some standings, the youngest first."""
    standings = frozenset(wanted)

    def offer(case: SeekerCase, directory: Directory) -> Pairs:
        return [
            (
                str(one.no),
                (
                    f"{one.no} · {one.on} {directory.employer(one.employer)} "
                    f"{_word(words.REFERRAL_STATES, one.standing)}"
                ),
            )
            for one in reversed(list(case.referrals.values()))
            if one.standing in standings
        ]

    return offer


def placements(*, running: bool) -> Offer:
    """Offer the placements, or those that run."""

    def offer(case: SeekerCase, directory: Directory) -> Pairs:
        return [
            (
                str(one.no),
                f"{one.no} · {one.start_on} {_word(codes.PLACEMENT_KINDS, one.kind)} "
                f"{directory.employer(one.employer) if one.employer else ''}".strip(),
            )
            for one in reversed(list(case.placements.values()))
            if one.running or not running
        ]

    return offer


def classes(wanted: Iterable[str]) -> Offer:
    """Offer the classes of the case by standing."""
    standings = frozenset(wanted)

    def offer(case: SeekerCase, _directory: Directory) -> Pairs:
        return [
            (one.training, f"{one.on} {_word(words.ENROLMENT_STATES, one.standing)}")
            for one in case.enrolments.values()
            if one.standing in standings
        ]

    return offer


def hardships(wanted: Iterable[str]) -> Offer:
    """Offer the applications for recognition by standing."""
    standings = frozenset(wanted)

    def offer(case: SeekerCase, _directory: Directory) -> Pairs:
        return [
            (
                str(one.no),
                (
                    f"{one.no} · {one.applied_on} {_word(codes.HARDSHIP_GROUPS, one.group)} "
                    f"{_word(words.HARDSHIP_STATES, one.standing)}"
                ),
            )
            for one in case.hardships.values()
            if one.standing in standings
        ]

    return offer


def subsidies(case: SeekerCase, _directory: Directory) -> Pairs:
    """Offer all applications for money."""
    return [
        (
            str(one.no),
            (
                f"{one.no} · {one.applied_on} {_word(codes.SUBSIDIES, one.kind)} "
                f"{_word(words.SUBSIDY_STATES, one.standing)}"
            ),
        )
        for one in reversed(list(case.subsidies.values()))
    ]


def grounds(case: SeekerCase, directory: Directory) -> Pairs:
    """Offer what a subsidy may rest on: placements and classes (S-12)."""
    jobs = [(f"placement {no}", text) for no, text in placements(running=False)(case, directory)]
    courses = classes(("certified", "completed"))(case, directory)
    return jobs + [(f"training {training}", text) for training, text in courses]


def officers(case: SeekerCase, directory: Directory) -> Pairs:
    """Offer who works on the case."""
    return [(officer, directory.staff(officer)) for officer in case.roles]


def groups(case: SeekerCase, _directory: Directory) -> Pairs:
    """Offer the key groups that the person is marked with."""
    return [(group, _word(codes.KEY_GROUPS, group)) for group in sorted(case.groups)]


def consents(case: SeekerCase, _directory: Directory) -> Pairs:
    """Offer the consents in force, that of open referrals among them."""
    purposes = [*case.consents]
    if shares(case) and "share_employer" not in purposes:
        purposes.append("share_employer")
    return [(purpose, _word(codes.PURPOSES, purpose)) for purpose in purposes]


def merged(case: SeekerCase, _directory: Directory) -> Pairs:
    """Offer the cases that this one was merged with."""
    others = [*sorted(case.absorbed), *([case.merged_into] if case.merged_into else [])]
    return [(other, other) for other in others]


def disputes(case: SeekerCase, _directory: Directory) -> Pairs:
    """Offer the disputes that the case is linked to."""
    return [(dispute, dispute) for dispute in sorted(case.disputes)]


def records(case: SeekerCase, _directory: Directory) -> Pairs:
    """Offer the facts of the case, the youngest first, to be corrected or voided (S-17)."""
    told = [
        (str(version), f"{version} · {on} {words.TELLER.name(fact)}")
        for version, (fact, on) in enumerate(case.history, start=1)
        if fact.TOPIC not in {"seeker.record_corrected", "seeker.fact_voided"}
    ]
    return told[::-1]


def fields(case: SeekerCase, _directory: Directory) -> Pairs:
    """Offer the fields that the facts of the case have, and the day of a fact."""
    names = {
        name
        for fact, _ in case.history
        for name in fact.__struct_fields__
        if name in words.LABELS and name not in {"version", "field", "value", "sealed_value"}
    }
    return sorted((name, words.TELLER.label(name)) for name in names | {"occurred_on"})
