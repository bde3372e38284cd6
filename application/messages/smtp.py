"""E-mail by an SMTP server: certain until the letter itself was said, uncertain after that.

A mail server takes a letter and gives no receipt; who wants receipts of e-mail has the server's
bounces posted to the address of receipts. It cannot be asked about a letter by its id.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from application.messages.adapters import Accepted, Answer, Parcel, Rejected, Told, Uncertain

PATIENCE = 10.0  # seconds for each step
Security = Literal["starttls", "tls", "none"]
_QUEUED = re.compile(r"[A-Za-z0-9.-]{4,60}", re.ASCII)


@dataclass(frozen=True)
class Server:
    """A mail server as the operator configured it; `sender` is the address in From."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: Security = "starttls"


class _Stopped(Exception):
    """The server said no before it had the letter."""

    def __init__(self, answer: Rejected) -> None:
        super().__init__(answer.reason)
        self.answer = answer


class SmtpMail:
    """A mail server as the way out of e-mail."""

    name = "smtp"
    answers = False

    def __init__(self, server: Server) -> None:
        """Take the server."""
        self._server = server

    def hand_over(self, parcel: Parcel) -> Answer:
        """Say a letter once."""
        letter = _letter(self._server.sender, parcel)
        try:
            smtp = self._opened()
        except _Stopped as stopped:
            return stopped.answer
        try:
            try:
                self._addressed(smtp, parcel.address)
            except _Stopped as stopped:
                return stopped.answer
            except (OSError, smtplib.SMTPException):
                return Rejected("unreachable", passing=True)
            return _said(smtp, letter)
        finally:
            smtp.close()

    def ask(self, message: str) -> Told | None:  # noqa: ARG002 - a mail server knows no ids
        """Say that nobody knows."""
        return None

    def _opened(self) -> smtplib.SMTP:
        """Connect, agree on TLS and sign in; nothing of the letter has been said yet."""
        server = self._server
        context = ssl.create_default_context()
        try:
            if server.security == "tls":
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=PATIENCE, context=context
                )
            else:
                smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        except (OSError, smtplib.SMTPException) as error:
            raise _Stopped(Rejected("unreachable", passing=True)) from error
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, server.password)
        except (OSError, smtplib.SMTPException) as error:
            smtp.close()
            raise _Stopped(Rejected("unreachable", passing=True)) from error
        return smtp

    def _addressed(self, smtp: smtplib.SMTP, address: str) -> None:
        for reason, step, value in (
            ("refused", smtp.mail, self._server.sender),
            ("no_such_number", smtp.rcpt, address),
        ):
            said, _ = step(value)
            if said >= 500:
                raise _Stopped(Rejected(reason, passing=False, detail=str(said)))
            if said >= 400:
                raise _Stopped(Rejected("busy", passing=True, detail=str(said)))


def _letter(sender: str, parcel: Parcel) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, parcel.address, parcel.subject
    letter["Message-ID"] = f"<{parcel.id}@{sender.partition('@')[2]}>"
    letter["Date"] = format_datetime(datetime.now(UTC))
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(parcel.body, cte="base64")
    return letter.as_bytes(policy=policy.SMTP)


def _said(smtp: smtplib.SMTP, letter: bytes) -> Answer:
    try:
        status, reply = smtp.data(letter)
    except smtplib.SMTPDataError as no:
        passing = no.smtp_code < 500
        reason = "busy" if passing else "refused"
        return Rejected(reason, passing=passing, detail=str(no.smtp_code))
    except (OSError, smtplib.SMTPException):
        return Uncertain("timeout")
    if status != 250:
        reason = "busy" if status < 500 else "refused"
        return Rejected(reason, passing=status < 500, detail=str(status))
    last = reply.decode("ascii", "replace").split()[-1:]
    return Accepted(last[0] if last and _QUEUED.fullmatch(last[0]) else "")
