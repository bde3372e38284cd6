"""The routers of messages, in the order in which their addresses are tried."""

from web.messages import outbox, pages, wordings

ROUTERS = (outbox.router, wordings.router, pages.router)
