"""Do what a button of the builder asks for."""

from regulars.differentiate.segments.building import MOVES, add_condition, add_group
from regulars.differentiate.segments.draft import Draft, DraftCondition
from regulars.differentiate.segments.family import families
from regulars.differentiate.segments.history import Steps
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.starting import fresh_filter
from regulars.differentiate.segments.tree import MOST_FILTERS, Match
from regulars.organization.public import Access


def act(do: str, draft: Draft, steps: Steps, access: Access) -> tuple[str | None, str]:
    """Change the draft; return which element gets the focus, and why nothing was done.

    None instead of an element says that the steps were walked, and the draft is theirs.
    """
    word, _colon, rest = do.partition(":")
    key, _colon, more = rest.partition(":")
    if word in {"undo", "redo"}:
        _tree = steps.back() if word == "undo" else steps.forward()
        return None, ""
    try:
        return _done(word, key, more, draft, access), ""
    except NotATree as error:
        return "", error.problems[0].sentence


def _done(word: str, key: str, more: str, draft: Draft, access: Access) -> str:
    if word == "add" and more in families():
        brand, masked = access.brand, access.masked
        return f"{add_condition(draft, key, family=more, brand=brand, masked=masked)}-about"
    if word == "group" and more in set(Match):
        return f"{add_group(draft, key, match=Match(more))}-add"
    if word in {"filter", "unfilter"}:
        return _filtered(word, key, more, draft, access)
    if word in MOVES:
        kept = MOVES[word](draft, key)
        return f"{kept}-menu"
    return ""


def _filtered(word: str, prefix: str, nth: str, draft: Draft, access: Access) -> str:
    """Add a filter to a condition or to a step of one, or take one away."""
    key, _dot, step = prefix.partition(".")
    found = draft.find(key)
    if found is None or not isinstance(found[0], DraftCondition):
        return ""
    told = found[0].told
    holder = told.get(step) if step else told
    if not isinstance(holder, dict):
        return ""
    where = list(holder.get("where", ()))
    if word == "filter" and len(where) < MOST_FILTERS:
        of = ("events" if "event" in holder else "orders") if step else str(told.get("condition"))
        where.append(fresh_filter(families()[of], access.brand, masked=access.masked))
    elif word == "unfilter" and nth.isdecimal() and int(nth) < len(where):
        where.pop(int(nth))
    holder["where"] = where
    if not where:
        holder.pop("where")
    dashed = prefix.replace(".", "-")
    return f"{dashed}-where-{len(where) - 1}-about" if word == "filter" else f"{dashed}-filter"
