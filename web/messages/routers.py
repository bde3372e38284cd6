"""The routers of messages, in the order in which their addresses are tried."""

from web.messages import pages

ROUTERS = (pages.router,)
