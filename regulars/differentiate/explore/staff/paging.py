"""Long lists a page at a time."""

from regulars.organization.public import StaffRequest

MOST_PAGES = 50


def page_asked(request: StaffRequest) -> int:
    """Return the number of the page that an address asks for, from 1."""
    text = request.GET.get("page", "")
    return max(1, min(MOST_PAGES, int(text))) if text.isdecimal() and len(text) < 6 else 1


def pages(request: StaffRequest, address: str, *, more: bool) -> dict[str, str]:
    """Return the addresses of the pages before and after this one."""
    here = page_asked(request)
    return {
        "previous": f"{address}&page={here - 1}" if here > 1 else "",
        "next": f"{address}&page={here + 1}" if more and here < MOST_PAGES else "",
    }
