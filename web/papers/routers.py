"""The routers of papers and of the public pages that go with them."""

from web.papers import pages, sheets, word
from web.public import progress, verify

ROUTERS = (word.router, pages.router, sheets.router, verify.router, progress.router)
