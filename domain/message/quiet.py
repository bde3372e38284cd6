"""Quiet hours 免打扰时段: nobody's phone rings at night (M-06)."""

from datetime import datetime, timedelta

from domain.calendar import CHINA


def allowed_at(now: datetime, *, from_hour: int, until_hour: int) -> datetime:
    """Give the first moment from `now` on that lies outside the quiet hours (M-06).

    Hours are those of the clock in China, 0 to 24; the quiet hours may cross midnight, and two
    equal hours mean that there are none.
    """
    local = now.astimezone(CHINA)
    hour = local.hour
    crosses = from_hour > until_hour
    quiet = (hour >= from_hour or hour < until_hour) if crosses else from_hour <= hour < until_hour
    if not quiet or from_hour == until_hour:
        return now
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = midnight + timedelta(hours=until_hour)
    return ends if ends > local else ends + timedelta(days=1)
