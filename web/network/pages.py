"""The routers of the network's pages, those with the longer paths first."""

from web.network import coverage, daily, devices, directory, kiosk, queue, quick, screen, tally

ROUTERS = tuple(
    room.router
    for room in (screen, kiosk, directory, queue, quick, tally, daily, coverage, devices)
)
