"""Everything that may be asked about seekers 求职帮扶, as one service."""

from application.assistance_file import CaseFile
from application.assistance_opening import Opening
from application.assistance_support import Support
from application.certifying.asking import Certifying
from application.foresight import Foresight
from application.placement import Placements


class Assistance(Opening, CaseFile, Support, Certifying, Placements, Foresight):
    """Everything that may be asked about seekers: opening, file, support, way into work."""
