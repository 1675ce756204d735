"""Time zones as tills name them, which is not how the rest of the world does."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo, available_timezones

TILLS = {
    "Hawaii": "Pacific/Honolulu",
    "Alaska": "America/Juneau",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Arizona": "America/Phoenix",
    "Mountain Time (US & Canada)": "America/Denver",
    "Central Time (US & Canada)": "America/Chicago",
    "Eastern Time (US & Canada)": "America/New_York",
    "Indiana (East)": "America/Indiana/Indianapolis",
    "Saskatchewan": "America/Regina",
    "Atlantic Time (Canada)": "America/Halifax",
    "Newfoundland": "America/St_Johns",
    "Puerto Rico": "America/Puerto_Rico",
    "London": "Europe/London",
    "Edinburgh": "Europe/London",
    "Dublin": "Europe/Dublin",
    "Paris": "Europe/Paris",
    "Madrid": "Europe/Madrid",
    "Tokyo": "Asia/Tokyo",
    "Osaka": "Asia/Tokyo",
    "Sapporo": "Asia/Tokyo",
    "Beijing": "Asia/Shanghai",
    "Hong Kong": "Asia/Hong_Kong",
    "Perth": "Australia/Perth",
    "Darwin": "Australia/Darwin",
    "Adelaide": "Australia/Adelaide",
    "Brisbane": "Australia/Brisbane",
    "Sydney": "Australia/Sydney",
    "Canberra": "Australia/Sydney",
    "Melbourne": "Australia/Melbourne",
    "Hobart": "Australia/Hobart",
    "Auckland": "Pacific/Auckland",
}


def zones_called(names: Iterable[str], *, otherwise: ZoneInfo) -> dict[str, ZoneInfo]:
    """Return the zone of each name, and of the empty one; unknown ones mean ``otherwise``."""
    known = available_timezones()
    found = {"": otherwise}
    for name in names:
        iana = TILLS.get(name, name)
        found[name] = ZoneInfo(iana) if iana in known else otherwise
    return found
