"""The routers of the network's pages, those with the longer paths first."""

from web.network import devices, kiosk, queue, screen

ROUTERS = (screen.router, kiosk.router, devices.router, queue.router)
