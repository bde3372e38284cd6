"""Certification 登记库核验 of a criterion by a register, and what a human makes of it (F-47).

A register answers; nothing follows from its answer by itself (S-20, PIPL 24(3)).
"""

from datetime import date, timedelta

from domain.codes import known, table
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.seeker import facts
from domain.seeker.checks import CERTIFIABLE, found, has_certifiable, has_unconfirmed, written
from domain.seeker.hardship import HardshipPhase
from domain.seeker.records import PAUSED, Hardship

# What a register may answer; the last two say nothing about the person.
ANSWERS = table("""met | 符合 | met
not_met | 不符合 | not met
unknown | 查无此人 | not known
unavailable | 登记库未能答复 | register unavailable""")


class CertifyingPhase(HardshipPhase):
    """The answers of registers about an application, and the decision to let it stand."""

    def askable(self, hardship: int) -> Hardship:
        """Refuse to ask about what is over (S-00), or about health without consent (S-18)."""
        self.demand(self.ASKS["certify_hardship"])
        record = found(self.hardships, hardship, "hardship")
        if record.standing not in CERTIFIABLE:
            raise Refused(
                rule="S-00",
                text=N_("第{no}号认定申请已经结束，不能再核验。"),
                field="hardship",
                no=hardship,
            )
        if "sensitive" in {record.group, *record.also} and "sensitive" not in self.consents:
            raise Refused(
                rule="S-18",
                text=N_("本人已撤回对敏感个人信息的同意，不能向登记库核验。"),
                field="hardship",
            )
        return record

    @decides("S-00", PAUSED, also=(has_certifiable,))
    def certify_hardship(
        self,
        *,
        occurred_on: date,
        hardship: int,
        register: str,
        answer: str,
        reference: str,
        returned: str,
        as_of: date | None = None,
        news_only: bool = False,
    ) -> list[Event]:
        """Keep what a register answered, with all that it gave back.

        `returned` is JSON text, `as_of` the day of the register's data. With `news_only` nothing is
        kept that says no more than what is known: the same answer, or none.
        """
        record = self.askable(hardship)
        known(answer, ANSWERS, "answer")
        if as_of and as_of > occurred_on:
            raise Refused(
                rule="S-05", text=N_("登记库数据的日期晚于今天，不能采用。"), field="hardship"
            )
        last = record.certified
        said = answer in {"met", "not_met"} and not (last and last.answer == answer)
        if news_only and not said:
            return []
        return [
            facts.HardshipCertified(
                hardship=hardship,
                certification=len(record.certifications) + 1,
                register=register,
                answer=answer,
                as_of=as_of,
                reference=Sealed(self.person, "reference", reference),
                returned=Sealed(self.person, "returned", returned),
            )
        ]

    @decides("S-00", PAUSED, also=(has_unconfirmed,))
    def uphold_hardship(
        self,
        *,
        occurred_on: date,
        hardship: int,
        officer: str,
        reason: str,
        grace: int,
        certify_by: date | None = None,
    ) -> list[Event]:
        """Let a recognition stand without the register, for a reason; by a human only (S-20).

        `certify_by` grants a further grace of at most `grace` days; without it the register is
        awaited no more. Whoever accepted the application cannot decide (S-06).
        """
        record = self._stands(hardship, "recognised")
        if not (record.awaited_until or record.denied):
            raise Refused(
                rule="S-20",
                text=N_("第{no}号认定不等待核验，也没有被登记库否定。"),
                field="hardship",
                no=hardship,
            )
        if officer == record.entered_by:
            raise Refused(
                rule="S-06", text=N_("受理人不能对本人受理的申请作出决定。"), field="officer"
            )
        latest = occurred_on + timedelta(days=grace)
        if certify_by and not occurred_on < certify_by <= latest:
            raise Refused(
                rule="S-05",
                text=N_("新的核验期限须晚于今天，且不晚于{latest}。"),
                field="certify_by",
                latest=latest,
            )
        said = record.certified
        return [
            facts.HardshipUpheld(
                hardship=hardship,
                reason=Sealed(self.person, "reason", written(reason, "reason")),
                certification=said.no if said else None,
                certify_by=certify_by,
            )
        ]
