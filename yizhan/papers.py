"""Papers and the public pages, wired: documents, access codes, the register, the job for all."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from application.access_codes import AccessCodes
from application.documents.service import Asked, Documents, Outside
from application.jobs import Job, Jobs, Tell, Work
from application.store import Stamp
from projections.papers_reader import PapersReader
from web.papers.parts import JOB, PaperParts
from yizhan.wiring import Office


def site_address(office: Office) -> str:
    """Give the address that papers print: as configured, else where this machine serves."""
    own = office.configuration
    return (own.site_url or f"http://{own.host}:{own.port}").rstrip("/")


def documents(office: Office) -> Documents:
    """Put papers over the services that record them."""
    outside = Outside(site_address(office), office.settings.calendar, office.settings.settings)
    return Documents(
        office.dispute_file, office.assistance, office.reader, office.vault.open_many, outside
    )


def access_codes(office: Office) -> AccessCodes:
    """Put access codes over the services that record them."""
    pools = office.installation.pools
    return AccessCodes(
        office.dispute_file,
        office.assistance,
        PapersReader(pools.reader).holders,
        pools.writer,
        office.vault.subkey("access codes"),
    )


def paper_parts(office: Office, jobs: Jobs) -> PaperParts:
    """Hand over what the pages of papers need."""
    made = documents(office)
    jobs.does(JOB, for_everybody(office, made))
    return PaperParts(
        documents=made,
        register=PapersReader(office.installation.pools.reader),
        access=access_codes(office),
        seen=office.reads,
        site=site_address(office),
    )


def for_everybody(office: Office, made: Documents) -> Work:
    """Make the work of the job `papers`: a copy for each, recorded in one append."""

    def work(job: Job, tell: Tell) -> Mapping[str, Any]:
        params, total = job.params, len(job.params["workers"])
        asked = [Asked(params["paper"], params["about"], worker) for worker in params["workers"]]
        who = office.accounts.who(job.account, office.clock.today())
        if who is None:
            raise LookupError("The account of the job is closed.")
        stamp = Stamp(who, params["command"], date.fromisoformat(params["on"]))
        batch = made.issue(
            params["case"],
            asked,
            stamp=stamp,
            at_position=params["at_position"],
            step=lambda done: tell("setting", done, total, 0.0),
        )
        place = f"/{params['desk']}/{params['case']}/papers/file/{job.id}"
        return {"documents": list(batch.documents), "place": place}

    return work
