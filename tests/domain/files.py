"""Files as the domain meets them: checked, scanned, sealed."""

from typing import Any

from domain.attachments import Offered


def a_file(no: int = 1, **changes: Any) -> Offered:
    """Give a photo; its number makes its hashes."""
    made: dict[str, Any] = {
        "subject": "person-1",
        "attachment": f"attachment-{no}",
        "kind": "visit_photo",
        "sha256": f"{no:064x}",
        "size": 1_000,
        "media_type": "image/jpeg",
        "stored": f"{no + 1_000_000:064x}",
        "scan": "clean",
        "title": "门前",
        "name": "IMG_0001.jpg",
    }
    return Offered(**{**made, **changes})
