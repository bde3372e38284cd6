"""The routers of the network's pages, those with the longer paths first."""

from web.network import devices, screen

ROUTERS = (screen.router, devices.router)
