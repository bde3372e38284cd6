"""The virus scanner of the place: a command that reads a file from its standard input (A-03).

`clamdscan --no-summary -` is one. Exit code 0 says clean, 1 infected; anything else, and no answer
in time, is no answer: the file is refused, because nobody looked at it. There is no shell.
"""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from domain.kernel import N_, Refused

# The scanner gets what it needs to be found and to speak, and no settings or keys of ours.
_ENVIRONMENT = ("PATH", "LANG", "HOME", "TMPDIR")


class Scanner:
    """Asks the configured command about each file."""

    def __init__(self, command: Sequence[str], seconds: float) -> None:
        """Take the command as a list, empty for none, and how long it may take for one file."""
        self._command, self._seconds = list(command), seconds

    @property
    def configured(self) -> bool:
        """Whether anybody looks at files at all."""
        return bool(self._command)

    def answers(self) -> bool:
        """Whether the scanner calls a harmless text clean."""
        return self._ask(b"yizhan") == 0

    def scan(self, content: bytes) -> str:
        """Give `clean`, or `unscanned` where no scanner is configured; refuse the rest (A-03)."""
        if not self._command:
            return "unscanned"
        code = self._ask(content)
        if code == 1:
            raise Refused(
                rule="A-03",
                text=N_(
                    "病毒扫描发现这个文件有问题，没有保存。请提供人在安全的电脑上检查后重新提供。"
                ),
                field="files",
            )
        if code != 0:
            raise Refused(
                rule="A-03",
                text=N_("病毒扫描没有完成，文件没有保存。请稍后再试，或请管理员检查扫描程序。"),
                field="files",
            )
        return "clean"

    def _ask(self, content: bytes) -> int | None:
        """Run the command over a file; None when it cannot be run or gives no answer in time."""
        try:
            running = subprocess.Popen(  # noqa: S603 - the operator's own command line, no shell
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                start_new_session=True,
            )
        except OSError:
            return None
        with running:
            try:
                running.communicate(content, timeout=self._seconds)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(running.pid, signal.SIGKILL)  # and what it started
                return None
        return running.returncode
