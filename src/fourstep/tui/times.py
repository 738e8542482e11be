"""Moments as people say them."""

from datetime import datetime, timedelta


def day_text(moment: datetime, now: datetime) -> str:
    """`Today 09:12`, `Yesterday`, `12 Nov`, `12 Nov 2025`."""
    day, today = moment.astimezone(now.tzinfo).date(), now.date()
    if day == today:
        return f"Today {moment.astimezone(now.tzinfo):%H:%M}"
    if day == today - timedelta(days=1):
        return "Yesterday"
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b %Y}"


def moment_text(moment: datetime) -> str:
    """`12 Nov 2025, 09:12`, in the time of this machine."""
    here = moment.astimezone()
    return f"{here.day} {here:%b %Y, %H:%M}"
