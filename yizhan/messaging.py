"""Messages, wired: the channels as configured, the service, the sender, and what the pages need."""

from collections.abc import Mapping

from application.log.store import PostgresStore
from application.messages.adapters import Adapter, Dry
from application.messages.claims import Claims
from application.messages.sender import Outside as SenderOutside
from application.messages.sender import Sender
from application.messages.service import Messages, Outside
from application.messages.wordings import WordingBook
from application.office_settings import OfficeSettings
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
    ) -> None:
        """Choose the channels and put the service and the sender over the log."""
        pools, opened = installation.pools, installation.vault.open_many
        self.adapters = adapters_of(installation.configuration)
        self.outbox = OutboxReader(pools.reader)
        self.wordings = WordingBook(pools.writer)
        self.messages = Messages(
            store,
            Outside(clock.now, settings.calendar, settings.settings, opened, self.wordings),
        )
        outside = SenderOutside(
            now=clock.now,
            settings=settings.settings,
            opened=opened,
            due=self.outbox.due,
            unanswered=self.outbox.unanswered,
        )
        self.sender = Sender(store, Claims(pools.writer), self.adapters, outside)

    def parts(self) -> MessageParts:
        """Hand over what the pages of messages need."""
        return MessageParts(
            messages=self.messages,
            outbox=self.outbox,
            wordings=self.wordings,
            adapters={channel: one.name for channel, one in self.adapters.items()},
        )


def adapters_of(_configuration: Configuration) -> Mapping[str, Adapter]:
    """Choose the way out of each channel; dry where the operator has configured none."""
    return {"sms": Dry(), "email": Dry()}
