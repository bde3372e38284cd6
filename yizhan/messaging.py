"""Messages, wired: the channels as configured, the service, the sender, and what the pages need."""

from collections.abc import Mapping

from application.log.reader import LogReader
from application.log.store import PostgresStore
from application.messages.adapters import Adapter, Dry
from application.messages.claims import Claims
from application.messages.gateway import GatewaySms
from application.messages.receipts import Receipts
from application.messages.sender import Outside as SenderOutside
from application.messages.sender import Sender
from application.messages.service import Messages, Outside
from application.messages.smtp import Server, SmtpMail
from application.messages.wordings import WordingBook
from application.office_settings import OfficeSettings
from application.people.blind import BlindIndex
from projections.outbox_reader import OutboxReader
from web.messages.parts import MessageParts
from yizhan.clock import OfficeClock
from yizhan.configuration import Configuration
from yizhan.installation import Installation


class Messaging:
    """What is about messages in one process; the sender runs where it is started."""

    def __init__(
        self,
        installation: Installation,
        store: PostgresStore,
        clock: OfficeClock,
        settings: OfficeSettings,
        reader: LogReader,
        index: BlindIndex,
    ) -> None:
        """Choose the channels and put the service and the sender over the log."""
        pools, opened = installation.pools, installation.vault.open_many
        self.adapters = adapters_of(installation.configuration)
        self.outbox = OutboxReader(pools.reader)
        self.wordings = WordingBook(pools.writer)
        self.messages = Messages(
            store,
            Outside(
                clock.now,
                settings.calendar,
                settings.settings,
                opened,
                self.wordings,
                index.change_phone,
            ),
        )
        outside = SenderOutside(
            now=clock.now,
            settings=settings.settings,
            opened=opened,
            due=self.outbox.due,
            unanswered=self.outbox.unanswered,
        )
        self.receipts = Receipts(
            store, reader.history, secret=secret_of(installation.configuration), now=clock.now
        )
        self.sender = Sender(store, Claims(pools.writer), self.adapters, outside)

    def parts(self) -> MessageParts:
        """Hand over what the pages of messages need."""
        return MessageParts(
            messages=self.messages,
            outbox=self.outbox,
            wordings=self.wordings,
            receipts=self.receipts,
            adapters={channel: one.name for channel, one in self.adapters.items()},
        )


def adapters_of(own: Configuration) -> Mapping[str, Adapter]:
    """Choose the way out of each channel; dry where the operator has configured none."""
    sms: Adapter = Dry()
    email: Adapter = Dry()
    if own.sms_url:
        sms = GatewaySms(own.sms_url, secret_of(own), status_url=own.sms_status_url)
    if own.smtp_host:
        password = own.smtp_password.get_secret_value()
        email = SmtpMail(
            Server(
                own.smtp_host,
                own.smtp_port,
                own.smtp_from,
                own.smtp_user,
                password,
                own.smtp_security,
            )
        )
    return {"sms": sms, "email": email}


def secret_of(own: Configuration) -> bytes:
    """Give the secret shared with the gateway; empty where there is none."""
    return own.sms_secret.get_secret_value().encode()
