"""The routers of attachments."""

from web.attachments import pages, phone

ROUTERS = (pages.router, phone.router)
