"""What a PDF says to its reader, for tests of papers."""

import io

from pypdf import PdfReader


def printed(pdf: bytes) -> str:
    """Give the text of all pages without blanks, as short names are spaced out on paper."""
    pages = PdfReader(io.BytesIO(pdf), strict=True).pages
    return "".join("".join(page.extract_text().split()) for page in pages)
