"""Read a page as a browser and a screen reader do, and say what is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
DRAWN = {"circle", "path", "rect", "line", "use"}  # closed by themselves inside an svg
FIELDS = {"input", "select", "textarea"}


@dataclass
class Element:
    """An element of a page, with what it holds."""

    name: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    words: str = ""

    def __iter__(self) -> Iterator["Element"]:
        for child in self.children:
            yield child
            yield from child

    @property
    def text(self) -> str:
        return " ".join([self.words, *(child.text for child in self.children)]).strip()

    def all(self, *names: str) -> list["Element"]:
        return [one for one in self if one.name in names]

    @property
    def ancestors(self) -> Iterator["Element"]:
        if self.parent is not None:
            yield self.parent
            yield from self.parent.ancestors

    def __str__(self) -> str:
        told = " ".join(f'{name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.name} {told[:90]}>"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("document", {})
        self.broken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Element(tag, {n: v or "" for n, v in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if self.here.name != tag:
            self.broken.append(f"</{tag}> closes <{self.here.name}>")
            return
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.words += data


def read(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    return reader.root


def flaws(html: str) -> list[str]:
    """Name what is wrong with a page, or with a fragment of one; an empty list is a good page."""
    reader = _Reader()
    reader.feed(html)
    page = reader.root
    frame = _frame(page) if page.all("html") else ()
    return [*reader.broken, *frame, *_policy(page), *_ids(page), *_names(page)]


def _frame(page: Element) -> Iterator[str]:
    if not any(one.attributes.get("lang") for one in page.all("html")):
        yield "the page says no language"
    if not any(re.search(r"\w.* · ", one.text) for one in page.all("title")):
        yield "the page has no title of its own"
    if len(page.all("h1")) != 1:
        yield f"the page has {len(page.all('h1'))} first headings"
    if len(page.all("main")) != 1:
        yield "the page has no main part, or two"


def _policy(page: Element) -> Iterator[str]:
    for one in page:
        data = one.attributes.get("type") == "application/json"
        if one.name == "script" and "src" not in one.attributes and not data:
            yield f"a script in the page: {one}"
        if one.name == "style" or "style" in one.attributes:
            yield f"a style in the page: {one}"
        if any(name.startswith(("on", "hx-on")) for name in one.attributes):
            yield f"a handler in the page: {one}"
        for name in ("src", "href", "action", "hx-get", "hx-post"):
            if re.match(r"(https?:)?//|javascript:", one.attributes.get(name, "")):
                yield f"it leads elsewhere: {one}"


def _ids(page: Element) -> Iterator[str]:
    ids = Counter(one.attributes["id"] for one in page if one.attributes.get("id"))
    yield from (f"the id {name} stands {times} times" for name, times in ids.items() if times > 1)
    for one in page:
        for name in ("for", "popovertarget", "data-dialog", "aria-controls", "aria-labelledby"):
            told = one.attributes.get(name, "")
            yield from (f"{one} points to nothing" for part in told.split() if part not in ids)


def _names(page: Element) -> Iterator[str]:
    labels = {one.attributes.get("for") for one in page.all("label")}
    for one in page.all("a", "button", "img", *FIELDS):
        if one.attributes.get("type") == "hidden" or one.attributes.get("aria-label"):
            continue
        if one.name == "img":
            if "alt" not in one.attributes:
                yield f"a picture without alt: {one}"
        elif one.name in FIELDS:
            inside = any(parent.name == "label" for parent in one.ancestors)
            if not inside and one.attributes.get("id") not in labels:
                yield f"a field without a label: {one}"
        elif not one.text:
            yield f"nobody can say what this is: {one}"
