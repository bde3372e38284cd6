"""Decisions about the file: end, reopening, merge, links, notes, documents, amendments."""

from collections.abc import Sequence
from datetime import date

from domain import attachments, codes
from domain.codes import known
from domain.kernel import N_, Event, Override, Refused, Sealed, amended, decides
from domain.papers import paper
from domain.seeker import facts
from domain.seeker.checks import (
    has_attachment,
    is_linked,
    is_merged_or_absorbed,
    is_not_merged,
    overriding,
    written,
)
from domain.seeker.papers import PAPERS
from domain.seeker.records import ANY, CLOSED, KEPT, LEAD, OPEN
from domain.seeker.responsibility import ResponsibilityPhase

REFUSALS_MOST = 3
# What stands in a case that nobody has worked on.
BEGINNINGS = (facts.LeadRecorded, facts.Registered, facts.Assigned)


class KeepingPhase(ResponsibilityPhase):
    """What happens to the file as a file."""

    @property
    def only_begun(self) -> bool:
        """Say whether nothing followed the registration but an officer."""
        return all(isinstance(fact, BEGINNINGS) for fact, _ in self.facts_in_force())

    @decides("S-00", KEPT)
    def close(
        self,
        *,
        occurred_on: date,
        reason: str,
        open_disputes: Sequence[str] = (),
        override: str = "",
    ) -> list[Event]:
        """End the case; nothing may be left hanging unless a station manager says why (S-14).

        `open_disputes` are the linked disputes that are not closed.
        """
        known(reason, codes.CLOSE_REASONS, "reason")
        if (reason == "not_registered") != (self.standing == "LEAD"):
            raise Refused(
                rule="S-00",
                text=N_("线索只能以“未登记”退出，已登记的案卷不能使用此原因。"),
                field="reason",
            )
        if reason == "entered_in_error" and not self.only_begun:
            raise Refused(
                rule="S-17",
                text=N_("登记之后已有办理，不能以“登记有误”退出。"),
                field="reason",
            )
        refusals = self.refusals(occurred_on)
        if reason == "refused_service" and refusals < REFUSALS_MOST:
            raise Refused(
                rule="S-20",
                text=N_("6个月内无正当理由拒绝{count}次，未满{most}次，不能以此原因退出。"),
                field="reason",
                count=refusals,
                most=REFUSALS_MOST,
            )
        granted = self._loose_ends(tuple(open_disputes), override)
        return [facts.Closed(reason=reason, override=granted)]

    def _loose_ends(self, open_disputes: Sequence[str], override: str) -> Override | None:
        """Refuse what hangs (S-14), or write down why it may."""
        referrals = len(self.open_referrals)
        classes = sum(e.standing == "enrolled" for e in self.enrolments.values())
        owed = sum(s.owed for s in self.subsidies.values())
        if not (referrals or classes or owed or open_disputes):
            return None
        if not override:
            raise Refused(
                rule="S-14",
                text=N_(
                    "尚有未结束的推荐{referrals}件、培训{classes}件、"
                    "未发补贴{owed}件、争议{disputes}件，须由站长说明理由。"
                ),
                field="reason",
                referrals=referrals,
                classes=classes,
                owed=owed,
                disputes=len(open_disputes),
            )
        return overriding("S-14", override, self.person)

    @decides("S-00", CLOSED, also=(is_not_merged,))
    def reopen(self, *, reason: str) -> list[Event]:
        """Go on in the same case as registered; a second file would count twice (S-02)."""
        known(reason, codes.REOPEN_REASONS, "reason")
        if self.registered_on is None:
            raise Refused(rule="S-00", text=N_("线索未曾登记，请重新登记线索。"))
        return [facts.Reopened(reason=reason)]

    @decides("S-00", ANY, also=(is_not_merged,))
    def merge(self, *, case: str, into: str) -> list[Event]:
        """Mark this case as a duplicate that goes on in another; `case` is this one."""
        if into == case:
            raise Refused(rule="S-02", text=N_("案卷不能并入自身。"), field="into")
        if into in self.absorbed:
            raise Refused(rule="S-02", text=N_("目标案卷已并入本案。"), field="into")
        return [facts.Merged(into=into)]

    @decides("S-00", OPEN)
    def absorb(self, *, case: str) -> list[Event]:
        """Take a duplicate in; appended together with its merge."""
        if case in self.absorbed:
            raise Refused(rule="S-02", text=N_("该案卷已并入本案。"), field="into")
        return [facts.Absorbed(case=case)]

    @decides("S-00", CLOSED | OPEN, also=(is_merged_or_absorbed,))
    def unmerge(self, *, other: str, reason: str) -> list[Event]:
        """Undo a merge; appended to both cases, both stand as before."""
        if other != self.merged_into and other not in self.absorbed:
            raise Refused(rule="S-00", text=N_("两案之间没有并案。"), field="other")
        sealed = Sealed(self.person, "reason", written(reason, "reason"))
        return [facts.Unmerged(other=other, reason=sealed)]

    @decides("S-00", ANY)
    def link_to_dispute(self, *, dispute: str) -> list[Event]:
        """Note that the person is also a claimant; appended to both cases."""
        if dispute in self.disputes:
            raise Refused(rule="S-00", text=N_("已关联此争议案卷。"), field="dispute")
        return [facts.LinkedToDispute(dispute=dispute)]

    @decides("S-00", ANY, also=(is_linked,))
    def unlink_from_dispute(self, *, dispute: str, reason: str) -> list[Event]:
        """Take a link off, with the reason."""
        if dispute not in self.disputes:
            raise Refused(rule="S-00", text=N_("未关联此争议案卷。"), field="dispute")
        sealed = Sealed(self.person, "reason", written(reason, "reason"))
        return [facts.UnlinkedFromDispute(dispute=dispute, reason=sealed)]

    @decides("S-00", ANY)
    def add_note(self, *, note: str) -> list[Event]:
        """Add free text to the file, sealed under the person's key."""
        return [facts.NoteAdded(note=Sealed(self.person, "note", written(note, "note")))]

    @decides("S-00", ANY)
    def issue_documents(self, *, papers: Sequence[facts.DocumentIssued]) -> list[Event]:
        """Record papers with their hashes (decisions.md 29)."""
        for one in papers:
            paper(PAPERS, one.kind, "S-00")
            if one.document in self.documents:
                raise Refused(rule="S-00", text=N_("此文书已登记。"), field="document")
        return list(papers)

    @decides("S-00", ANY)
    def attach(
        self, *, files: Sequence[attachments.Offered], most: int, most_bytes: int
    ) -> list[Event]:
        """Keep files of the person by their hashes (A-01, A-02); nothing for what is known."""
        wanted = attachments.fresh(self.attachments, files, most=most, most_bytes=most_bytes)
        return [facts.AttachmentAdded(**one.fields()) for one in wanted]

    def whose(self, _about: str) -> str:
        """Say whose key seals a file: the person's."""
        return self.person

    @decides("S-00", ANY, also=(has_attachment,))
    def withdraw_attachment(self, *, attachment: str, reason: str) -> list[Event]:
        """Offer a file no more, with the reason (A-04)."""
        sealed = attachments.why(self.attachments, attachment, reason)
        return [facts.AttachmentWithdrawn(attachment=attachment, reason=sealed)]

    @decides("S-00", ANY - LEAD)
    def give_access_code(self, *, digest: str) -> list[Event]:
        """Hand the person a code for the progress page; an earlier one ends with it."""
        return [facts.AccessCodeGiven(digest=digest)]

    @decides("S-00", ANY)
    def correct_record(
        self, *, version: int, field: str, value: object, reason: str | Sealed, occurred_on: date
    ) -> list[Event]:
        """Read one field of an earlier fact otherwise from now on (S-17)."""
        attachments.not_amended(self.history, version)
        return super().correct_record(
            version=version,
            field=field,
            value=value,
            reason=self._reason(reason),
            occurred_on=occurred_on,
        )

    @decides("S-00", ANY)
    def void_fact(self, *, version: int, reason: str | Sealed, occurred_on: date) -> list[Event]:
        """Let an earlier fact count no more; a registration is corrected, not voided (S-17)."""
        attachments.not_amended(self.history, version)
        reads = amended(self.history)
        if 0 < version <= len(reads) and isinstance(reads[version - 1][0], facts.Registered):
            raise Refused(
                rule="S-17", text=N_("求职登记不能作废，请改用更正或退出。"), field="version"
            )
        return super().void_fact(
            version=version, reason=self._reason(reason), occurred_on=occurred_on
        )

    def _reason(self, reason: str | Sealed) -> Sealed:
        if isinstance(reason, Sealed):
            return reason
        return Sealed(self.person, "reason", reason.strip())
