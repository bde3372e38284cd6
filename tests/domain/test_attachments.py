"""Attachments of a case: what is kept of a file, what is refused, what a withdrawal leaves."""

from datetime import date

import pytest

from domain.attachments import MOST_TITLE, offered
from domain.dispute import DisputeCase
from domain.dispute import facts as dispute
from domain.kernel import Refused, Sealed
from domain.seeker import SeekerCase
from domain.seeker import facts as seeker
from tests.domain.dispute import cases
from tests.domain.dispute.cases import ANN
from tests.domain.files import a_file
from tests.domain.seeker import model
from tests.scenario import Scenario, given

DAY = date(2026, 3, 25)
MOST = {"most": 3, "most_bytes": 10_000_000}
PERSON = "person-1"


def seeking(*more: seeker.AttachmentAdded | seeker.AttachmentWithdrawn) -> Scenario[SeekerCase]:
    facts = [*model.way_to("REGISTERED"), *more]
    return given(SeekerCase, [(fact, date(2024, 1, 2)) for fact in facts]).on(DAY)


def kept(no: int = 1) -> seeker.AttachmentAdded:
    return seeker.AttachmentAdded(**a_file(no).fields())


def gone(no: int = 1) -> seeker.AttachmentWithdrawn:
    reason = Sealed(PERSON, "reason", "贴错案卷")
    return seeker.AttachmentWithdrawn(attachment=f"attachment-{no}", reason=reason)


def test_a_file_is_kept_by_its_hashes_with_title_and_name_under_the_persons_key() -> None:
    case = seeking().when(lambda c, _: c.attach(files=[a_file(1), a_file(2)], **MOST)).stored()
    first = case.attachments["attachment-1"]
    assert (first.fact.sha256, first.on, first.withdrawn_on) == (f"{1:064x}", DAY, None)
    assert first.fact.title == Sealed(case.person, "title", "门前")
    assert first.fact.name == Sealed(case.person, "name", "IMG_0001.jpg")
    assert len(offered(case.attachments)) == 2


def test_a_file_without_a_title_has_its_name_alone() -> None:
    plain = a_file(1, title="")
    case = seeking().when(lambda c, _: c.attach(files=[plain], **MOST)).stored()
    fact = case.attachments["attachment-1"].fact
    assert (fact.title, fact.subject) == (None, "person-1")


def test_the_same_file_twice_is_one_attachment() -> None:
    again = a_file(1, attachment="attachment-9", stored="f" * 64, title="又一次")
    seeking(kept()).when(lambda c, _: c.attach(files=[again], **MOST)).then()
    case = seeking().when(lambda c, _: c.attach(files=[a_file(1), again], **MOST)).stored()
    assert list(case.attachments) == ["attachment-1"]


def test_what_was_withdrawn_may_be_attached_again() -> None:
    again = a_file(1, attachment="attachment-2")
    case = seeking(kept(), gone()).when(lambda c, _: c.attach(files=[again], **MOST)).stored()
    assert [one.fact.attachment for one in offered(case.attachments)] == ["attachment-2"]


@pytest.mark.parametrize(
    ("changes", "rule", "field", "because"),
    [
        ({"size": 10_000_000}, "", "", ""),
        ({"size": 10_000_001}, "A-01", "files", "超过10MB"),
        ({"size": 0}, "A-01", "files", "空"),
        ({"kind": "selfie"}, "A-01", "kind", "种类"),
        ({"title": "长" * MOST_TITLE}, "", "", ""),
        ({"title": "长" * (MOST_TITLE + 1)}, "A-01", "title", "60个字"),
        ({"media_type": "text/html"}, "A-02", "files", "只能添加"),
        ({"scan": "infected"}, "A-02", "files", "只能添加"),
        ({"sha256": "ABC"}, "A-02", "files", "校验值"),
        ({"stored": "../../etc/passwd"}, "A-02", "files", "校验值"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(
    changes: dict[str, object], rule: str, field: str, because: str
) -> None:
    came = seeking().when(lambda c, _: c.attach(files=[a_file(1, **changes)], **MOST))
    if rule:
        came.refused(rule=rule, field=field, because=because)
    else:
        came.stored()


def test_a_case_holds_so_many_files_that_were_not_withdrawn() -> None:
    full = seeking(kept(1), kept(2), kept(3))
    full.when(lambda c, _: c.attach(files=[a_file(4)], **MOST)).refused(
        rule="A-01", field="files", because="已有3个"
    )
    room = seeking(kept(1), kept(2), kept(3), gone(3))
    room.when(lambda c, _: c.attach(files=[a_file(4)], **MOST)).stored()


def test_a_withdrawal_says_why_and_leaves_the_fact() -> None:
    case = (
        seeking(kept())
        .when(lambda c, _: c.withdraw_attachment(attachment="attachment-1", reason=" 贴错案卷 "))
        .then(gone())
    )
    assert case.attachments["attachment-1"].withdrawn_on == DAY
    assert offered(case.attachments) == []


def test_only_what_is_offered_can_be_withdrawn_and_only_with_a_reason() -> None:
    def withdraw(attachment: str, reason: str = "贴错案卷") -> Refused | None:
        try:
            scene._state.withdraw_attachment(attachment=attachment, reason=reason)
        except Refused as refused:
            return refused
        return None

    scene = seeking(kept(1), kept(2), gone(2))
    assert str(withdraw("attachment-7")) == "A-04: 本案没有这个附件。"
    assert str(withdraw("attachment-2")) == "A-04: 这个附件已撤回，不再提供。"
    empty = withdraw("attachment-1", " ")
    assert empty is not None
    assert (empty.rule, empty.field) == ("A-04", "reason")
    scene = seeking()
    assert str(withdraw("attachment-1")) == "A-04: 本案没有附件。"


@pytest.mark.parametrize("verb", ["correct_record", "void_fact"])
def test_the_record_of_a_file_is_neither_corrected_nor_voided(verb: str) -> None:
    change = {"field": "sha256", "value": "0" * 64} if verb == "correct_record" else {}
    for scene in (seeking(kept()), disputing()):
        last = len(scene._state.history)
        amend = getattr(scene._state, verb)
        scene.when(
            lambda _, on, amend=amend, last=last: amend(  # type: ignore[misc]  # bound here
                version=last, reason="打错了", occurred_on=on, **change
            )
        ).refused(rule="A-04", field="version", because="撤回附件")


def disputing() -> Scenario[DisputeCase]:
    play = cases.mediating()
    play.record(play.case.attach(files=[a_file(1, kind="evidence")], **MOST))
    return Scenario(play.case, DAY)


def test_a_file_about_one_claimant_takes_the_claimants_key_and_others_that_of_the_case() -> None:
    two = cases.mediating().case
    assert (two.whose(ANN), two.whose("")) == (ANN, "dispute-t")
    about = a_file(1, about=ANN, subject=two.whose(ANN))
    case = Scenario(two, DAY).when(lambda c, _: c.attach(files=[about], **MOST)).stored()
    assert case.attachments["attachment-1"].fact.title == Sealed(ANN, "title", "门前")
    alone = seeking()._state
    assert alone.whose("") == alone.person


def test_a_file_about_somebody_else_is_refused() -> None:
    scene = Scenario(cases.mediating().case, DAY)
    scene.when(lambda c, _: c.attach(files=[a_file(1, about="person-z")], **MOST)).refused(
        rule="A-01", field="about", because="本案的申请人"
    )


def test_a_closed_case_still_takes_what_belongs_to_its_file() -> None:
    play = cases.closed()
    facts = play.case.attach(files=[a_file(1)], **MOST)
    assert isinstance(facts[0], dispute.AttachmentAdded)
