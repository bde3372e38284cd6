"""Papers of the garment workers' case in the demo, issued as on the days of the story."""

import uuid
from datetime import date

from application.documents.service import Asked
from application.store import Stamp
from domain.dispute import facts
from yizhan.demo.people import stream
from yizhan.demo.places import STANDS, Places
from yizhan.demo.script import NAMESPACE, at
from yizhan.papers import documents
from yizhan.wiring import Office

GARMENT = stream("dispute", "garment", at(date(2026, 1, 27)))
# What was printed on the way, and the last fact that it was set from.
ISSUED = (
    (Asked("application"), facts.ApplicationReceived),
    (Asked("acceptance"), facts.Accepted),
    (Asked("representatives"), facts.RepresentativesChosen),
    (Asked("minutes", "1"), facts.SessionHeld),
    (Asked("agreement", "1"), facts.AgreementSigned),
    (Asked("receipt", "1"), facts.PaymentRecorded),
    (Asked("failure"), facts.RoutesExplained),
)


def issue(office: Office, places: Places) -> None:
    """Issue them as the demo stands, each from the records of its moment."""
    made, history = documents(office), office.reader.history(GARMENT)
    for nth, (asked, kind) in enumerate(ISSUED):
        position = next(one.position for one in history if isinstance(one.event, kind))
        stamp = Stamp(
            places.who("mediator"), str(uuid.uuid5(NAMESPACE, f"paper {nth}")), STANDS.date()
        )
        made.issue(GARMENT, [asked], stamp=stamp, at_position=position)
