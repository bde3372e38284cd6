"""What may be asked about messages: see one before it goes, queue it, repeat, withdraw, settle.

Who may write in a case may tell its people. A message is queued by one append on a stream of its
own; the case is loaded in the same command, so that the right is asked of the case as it stands.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from application.ids import new_stream
from application.messages.occasions import OF_KIND, Suggesting
from application.messages.wordings import WordingBook
from application.store import Done, Part, Stamp, Store
from domain.calendar import WorkCalendar
from domain.codes import known
from domain.codes_message import CHANNELS
from domain.dispute import DisputeCase
from domain.employer import Employer
from domain.identity import mask_email, mask_phone
from domain.kernel import N_, Aggregate, Event, Redacted, Refused, Sealed
from domain.message import Message, check_reach
from domain.message.quiet import allowed_at
from domain.message.wording import Said, Wording, fill
from domain.person import Person
from domain.seeker import SeekerCase
from domain.settings import Settings

KINDS: Mapping[str, tuple[type[Aggregate], str]] = {
    "seeker": (SeekerCase, "seeker.edit"),
    "dispute": (DisputeCase, "dispute.edit"),
}
PERSON = "person.edit"
MOST_AT_ONCE = 10  # people of one case who are told by one command


@dataclass(frozen=True)
class Wanted:
    """A message as somebody asks for it; `values` are what the placeholders stand for."""

    case: str
    recipient: str
    channel: str
    occasion: str
    language: str = "zh-CN"
    about: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    retry_of: str = ""


class Recipient(NamedTuple):
    """Somebody who can be told: the person, the part played, the employer spoken for."""

    person: str
    role: str
    employer: str = ""


def masked(channel: str, address: str) -> str:
    """Write a number or an address so that it is recognised and not known."""
    return mask_phone(address) if channel == "sms" else mask_email(address)


class Reach(NamedTuple):
    """The ways to a person: phone, e-mail, and what the person declined. Never logged."""

    phone: str = ""
    email: str = ""
    declined: frozenset[str] = frozenset()

    def address(self, channel: str) -> str:
        """Give the number or address of a channel, or ''."""
        return self.phone if channel == "sms" else self.email

    def masked(self, channel: str) -> str:
        """Give it as a page shows it."""
        address = self.address(channel)
        return masked(channel, address) if address else ""


class Draft(NamedTuple):
    """Exactly what would go out, where, and from when on."""

    wording: Wording
    name: str
    said: Said
    reach: Reach
    masked: str
    not_before: datetime

    @property
    def digest(self) -> str:
        """Name the text, so that what is queued is what was shown."""
        whole = f"{self.wording.key}\n{self.masked}\n{self.said.subject}\n{self.said.body}"
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


def digest_of(digests: Sequence[str]) -> str:
    """Name several texts that are queued together."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()[:32]


class Outside(NamedTuple):
    """What messages need from elsewhere; wiring hands it over.

    `index_phone` lets a new number be found.
    """

    now: Callable[[], datetime]
    calendar: Callable[[], WorkCalendar]
    settings: Callable[[], Settings]
    opened: Callable[[Sequence[Sealed]], Sequence[object]]
    wordings: WordingBook
    index_phone: Callable[[str, str], None]


class Messages:
    """What may be asked about messages."""

    def __init__(self, store: Store, outside: Outside) -> None:
        """Take the door to the log, and what stands elsewhere."""
        self._store, self._outside = store, outside

    # What pages ask

    def occasions(self, case: str) -> tuple[str, ...]:
        """List what the people of a kind of case can be told."""
        return OF_KIND[case.partition("-")[0]]

    def recipients(self, case: str, state: Any) -> list[Recipient]:
        """List who can be told in a case: the seeker; or claimants and the employers' people."""
        if case.startswith("seeker-"):
            return [Recipient(state.person, "seeker")] if state.person else []
        found = [Recipient(worker, "claimant") for worker in sorted(state.active)]
        for respondent in state.respondents:
            employer = self._store.load(Employer, respondent)
            people = dict.fromkeys(person for person, _ in employer.contacts)
            if employer.person:
                people |= {employer.person: None}
            found += [Recipient(person, "respondent", respondent) for person in people]
        return found

    def reach(self, person: str) -> Reach:
        """Give the ways to a person; who was merged is reached as the person is known today."""
        state = self._person(person)
        sealed = [one for one in (state.contact, state.email) if one]
        opened = dict(zip(sealed, self._outside.opened(sealed), strict=True))
        contact = opened.get(state.contact) if state.contact else None
        email = opened.get(state.email) if state.email else ""
        phone = contact.get("phone", "") if isinstance(contact, dict) else ""
        return Reach(str(phone), "" if isinstance(email, Redacted) else str(email), state.declined)

    def suggested(self, case: str, state: Any, occasion: str, about: str) -> dict[str, str]:
        """Suggest the values of an occasion from what the case says."""
        outside = self._outside
        today = outside.now().date()
        reading = Suggesting(self._store, outside.calendar(), outside.settings(), today)
        return reading.values(state, case, occasion, about)

    def draft(self, wanted: Wanted, state: Any) -> Draft:
        """Make the message that would be queued, or refuse what is missing at its field."""
        self._fitting(wanted, state)
        reach = self.reach(wanted.recipient)
        check_reach(wanted.channel, reach.address(wanted.channel), reach.declined)
        wording = self._outside.wordings.in_force(wanted.occasion, wanted.language)
        number = state.case_no or {"zh-CN": "您的案件", "en": "your case"}[wanted.language]
        name = self._name(wanted.recipient)
        values = {**wanted.values, "name": name, "case_no": number}
        said = fill(wording, values, signature=values.get("station", ""))
        return Draft(wording, name, said, reach, reach.masked(wanted.channel), self.allowed_at())

    def allowed_at(self) -> datetime:
        """Give the first moment from now on outside the quiet hours (M-06)."""
        now, settings = self._outside.now(), self._outside.settings()
        return allowed_at(
            now,
            from_hour=settings.value("message_quiet_from", now.date()),
            until_hour=settings.value("message_quiet_until", now.date()),
        )

    def _fitting(self, wanted: Wanted, state: Any) -> None:
        """Refuse a channel, an occasion or a person that the case does not know (M-01)."""
        known(wanted.channel, CHANNELS, "channel")
        if wanted.occasion not in self.occasions(wanted.case):
            raise Refused(rule="M-01", text=N_("这类案件没有这种通知。"), field="occasion")
        if all(one.person != wanted.recipient for one in self.recipients(wanted.case, state)):
            raise Refused(rule="M-01", text=N_("请选择本案的当事人。"), field="recipient")

    def _person(self, person: str) -> Person:
        state = self._store.load(Person, person)
        return self._store.load(Person, state.merged_into) if state.merged_into else state

    def _name(self, person: str) -> str:
        state = self._person(person)
        found = self._outside.opened([state.identity])[0] if state.identity else {}
        return str(found["name"]) if isinstance(found, dict) and "name" in found else ""

    # What changes something

    def queue(self, wanted: Wanted, *, shown: str = "", stamp: Stamp) -> Done:
        """Put a message into the queue (M-01, M-02); `shown` is the digest of what was read."""
        return self.queue_all([wanted], shown=shown, stamp=stamp)

    def queue_all(self, several: Sequence[Wanted], *, shown: str = "", stamp: Stamp) -> Done:
        """Put the messages to several people of one case into the queue, all or none."""
        case, expected = several[0].case, [""] * len(several)
        if shown:
            state = self._case(case)
            expected = [self.draft(one, state).digest for one in several]
            if digest_of(expected) != shown:
                raise Refused(rule="M-01", text=N_("内容与预览时不同，请再预览一次。"))
        parts = (
            self._queued(new_stream("message"), one, digest)
            for one, digest in zip(several, expected, strict=True)
        )
        return self._store.decide(stamp, self._of_case(case), *parts)

    def for_all(
        self, case: str, *, channel: str, occasion: str, values: Mapping[str, str], about: str = ""
    ) -> list[Wanted]:
        """Write what everybody of a case would be told, with the values that the case gives.

        `values` win over those; empty ones do not. At most `MOST_AT_ONCE` people (M-01).
        """
        state = self._case(case)
        people = self.recipients(case, state)
        if not people:
            raise Refused(rule="M-01", text=N_("本案还没有可以告知的人。"), field="recipient")
        if len(people) > MOST_AT_ONCE:
            raise Refused(
                rule="M-01",
                text=N_("本案有{now}人，一次最多告知{most}人，请逐一选择收件人。"),
                field="recipient",
                now=len(people),
                most=MOST_AT_ONCE,
            )
        if occasion not in self.occasions(case):
            raise Refused(rule="M-01", text=N_("这类案件没有这种通知。"), field="occasion")
        found = self.suggested(case, state, occasion, about)
        found |= {name: value for name, value in values.items() if value}
        return [
            Wanted(case, one.person, channel, occasion, about=about, values=found) for one in people
        ]

    def drafts(self, several: Sequence[Wanted]) -> list[Draft]:
        """Make the messages that would be queued, or refuse what is missing at its field."""
        state = self._case(several[0].case)
        return [self.draft(one, state) for one in several]

    def repeat(self, message: str, *, stamp: Stamp) -> Done:
        """Say a failed or unanswered message again: a new one, linked to the old (M-03).

        The words are the old ones; the number is the one that the person's file has now.
        """
        old = self._store.load(Message, message)
        self._known(old)
        text = self._outside.opened([old.text])[0] if old.text else Redacted()
        if not isinstance(text, dict):
            raise Refused(rule="M-03", text=N_("收件人的资料已依法删除，不能重发。"))
        again = new_stream("message")
        said = Said(text["subject"], text["body"])
        return self._store.decide(
            stamp,
            self._of_case(old.case),
            Part(Message, message, lambda state: state.repeat(message=again)),
            Part(Message, again, lambda new: self._again(new, old, message, said), fresh=True),
        )

    def withdraw(self, message: str, *, stamp: Stamp) -> Done:
        """Take a message back while no channel has it (M-05)."""
        return self._of_message(message, Message.withdraw, stamp=stamp)

    def settle(self, message: str, *, how: str, stamp: Stamp) -> Done:
        """Record that the person was told otherwise (M-05)."""
        return self._of_message(message, lambda state: state.settle(how=how), stamp=stamp)

    def keep_reach(
        self,
        case: str,
        person: str,
        *,
        email: str | None,
        declined: Sequence[str],
        phone: str = "",
        stamp: Stamp,
    ) -> Done:
        """Note how a person of a case wants to be told.

        `None` leaves the e-mail as it is, and an empty phone the phone.
        """
        state = self._case(case)
        if all(one.person != person for one in self.recipients(case, state)):
            raise Refused(rule="M-01", text=N_("请选择本案的当事人。"), field="recipient")

        def decision(one: Person) -> list[Event]:
            given = one.give_email(email=email) if email is not None else []
            if phone:
                given += one.change_contact(phone=phone, address=self._address(one))
            return [*given, *one.decline_channels(channels=declined)]

        done = self._store.decide(
            stamp, self._of_case(case), Part(Person, person, decision, PERSON)
        )
        if phone:
            self._outside.index_phone(person, phone)
        return done

    def _address(self, person: Person) -> str:
        """Give the address on file, which a new phone leaves as it is."""
        found = self._outside.opened([person.contact])[0] if person.contact else {}
        return str(found.get("address", "")) if isinstance(found, dict) else ""

    def _of_case(self, case: str) -> Part[Any]:
        """Ask for the right to write in the case, and record nothing there."""
        kind, right = KINDS[case.partition("-")[0]]
        return Part(kind, case, lambda _state: [], right)

    def _of_message(
        self, message: str, decision: Callable[[Message], list[Event]], *, stamp: Stamp
    ) -> Done:
        found = self._store.load(Message, message)
        self._known(found)
        return self._store.decide(
            stamp, self._of_case(found.case), Part(Message, message, decision)
        )

    def _known(self, message: Message) -> None:
        if not message.version:
            raise Refused(rule="M-03", text=N_("没有这条消息。"))

    def _case(self, case: str) -> Any:
        return self._store.load(KINDS[case.partition("-")[0]][0], case)

    def _queued(self, message: str, wanted: Wanted, expected: str) -> Part[Any]:
        def decision(new: Message) -> list[Event]:
            made = self.draft(wanted, self._case(wanted.case))
            if expected and expected != made.digest:
                raise Refused(rule="M-01", text=N_("内容与预览时不同，请再预览一次。"))
            return self._to_queue(
                new, wanted, made.said, template=made.wording.key, reach=made.reach
            )

        return Part(Message, message, decision, fresh=True)

    def _again(self, new: Message, old: Message, message: str, said: Said) -> list[Event]:
        wanted = Wanted(
            old.case,
            old.recipient,
            old.channel,
            old.occasion,
            old.language,
            old.about,
            retry_of=message,
        )
        reach = self.reach(old.recipient)
        return self._to_queue(new, wanted, said, template=old.template, reach=reach)

    def _to_queue(
        self, new: Message, wanted: Wanted, said: Said, *, template: str, reach: Reach
    ) -> list[Event]:
        return new.queue(
            case=wanted.case,
            recipient=wanted.recipient,
            channel=wanted.channel,
            occasion=wanted.occasion,
            template=template,
            language=wanted.language,
            address=reach.address(wanted.channel),
            subject=said.subject,
            body=said.body,
            declined=reach.declined,
            not_before=self.allowed_at(),
            about=wanted.about,
            retry_of=wanted.retry_of,
        )
