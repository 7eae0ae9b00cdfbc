"""The time, as acts and runs are dated."""

from datetime import UTC, datetime


def now() -> str:
    """The time as an ISO string of seconds, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
