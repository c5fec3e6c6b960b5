"""What every page has to be: valid HTML5, named and labelled throughout, without inline script, headers strict."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from html5lib import HTMLParser
from html5lib.html5parser import ParseError
from werkzeug.test import TestResponse

NAME = " · Catalog"
_UNTYPED = {"hidden", "submit", "button", "reset", "image"}
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Value:
    """A value of a facet, as it is drawn."""

    label: str
    count: int
    href: str
    is_chosen: bool


class Page:
    """A page as a reader's software sees it."""

    def __init__(self, answer: TestResponse) -> None:
        self.answer = answer
        self.root: Element = HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.get_data(as_text=True))

    @property
    def title(self) -> str:
        """The title, without the name of the catalog."""
        return text_of(self.root.find("head/title")).removesuffix(NAME)

    @property
    def heading(self) -> str:
        """What its h1 says."""
        return text_of(next(self.root.iter("h1")))

    @property
    def notes(self) -> list[str]:
        """What it says could not be used."""
        return [text_of(item) for item in self.find("ul", "notes__list", then="li")]

    @property
    def total(self) -> int:
        """How many rows its list has in all."""
        return next(int(element.get("data-total")) for element in self.root.iter() if element.get("data-total"))

    def find(self, tag: str, name: str, then: str | None = None) -> list[Element]:
        """The elements of a class, or those of another tag inside them."""
        found = [element for element in self.root.iter(tag) if name in (element.get("class") or "").split()]
        return [inner for element in found for inner in element.iter(then)] if then else found

    def texts(self, tag: str, name: str) -> list[str]:
        """What the elements of a class say."""
        return [text_of(element) for element in self.find(tag, name)]

    def marked(self, attribute: str) -> list[str]:
        """The values of an attribute, in the order of the page."""
        return [value for element in self.root.iter() if (value := element.get(attribute)) is not None]

    def links(self) -> dict[str, str]:
        """Each address that the page links to, with the words of its first link."""
        found: dict[str, str] = {}
        for link in self.root.iter("a"):
            found.setdefault(link.get("href") or "", link.get("aria-label") or text_of(link))
        return found

    def link(self, words: str) -> str:
        """The address of the first link that says `words`."""
        found = [link.get("href") for link in self.root.iter("a") if words in (text_of(link), link.get("aria-label"))]
        assert found, f"no link says {words!r}: {sorted(set(self.links().values()))}"
        return found[0]

    def facets(self) -> dict[str, list[Value]]:
        """The values of each facet, by its name in addresses, in the order of the page."""
        found = {}
        for facet in self.find("div", "facet"):
            name = facet.get("aria-labelledby").removeprefix("facet-")
            found[name] = [_value(link) for link in facet.iter("a") if link.get("class") in _VALUES]
        return found

    def values(self) -> list[Value]:
        """The values on the page of one facet, in their order."""
        return [_value(link) for link in self.find("ul", "value_list", then="a")]

    def counts(self, facet: str) -> dict[str, int]:
        """The counts of a facet by label; empty when it is not drawn."""
        return {value.label: value.count for value in self.facets().get(facet, [])}

    def chosen(self, facet: str) -> list[str]:
        """The labels of the values that are chosen in a facet."""
        return [value.label for value in self.facets().get(facet, []) if value.is_chosen]

    def value(self, facet: str, label: str) -> str:
        """Where a value of a facet leads."""
        return next(value.href for value in self.facets()[facet] if value.label == label)

    def rel(self, relation: str) -> str | None:
        """Where a link of the head leads, such as `next`; None when there is none."""
        return next((link.get("href") for link in self.root.iter("link") if link.get("rel") == relation), None)


# Links that choose a value: of a list, and of a histogram.
_VALUES = ("facet__value", "histogram__link")


def _value(link: Element) -> Value:
    spans = {name: text_of(part) for part in link.iter("span") for name in part.get("class").split()}
    label, count = spans["facet__label"], spans["facet__count"]
    return Value(label, int(count.replace(",", "")), link.get("href"), link.get("aria-current") == "true")


def text_of(element: Element) -> str:
    """What an element says, on one line."""
    return " ".join("".join(element.itertext()).split())


def without_tokens(answer: TestResponse) -> str:
    """What a page says, but for the tokens of its forms, which tell the time, and the name of its request."""
    text = re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", answer.get_data(as_text=True))
    return text.replace(answer.headers["X-Request-Id"], "")


def check(answer: TestResponse) -> Page:
    """The page of an answer, when it is as every page has to be; else AssertionError with all that is wrong."""
    try:
        page = Page(answer)
    except ParseError as error:
        raise AssertionError(f"{answer.request.path}: not valid HTML5: {error}") from error
    wrong = [fault for rule in _RULES for fault in rule(page)]
    assert wrong == [], f"{answer.request.path}: {wrong}"
    return page


def _headed(page: Page) -> Iterator[str]:
    headings = [text_of(one) for one in page.root.iter("h1")]
    title = text_of(page.root.find("head/title"))
    if len(headings) != 1:
        yield f"has {len(headings)} h1"
    elif not headings[0].startswith(page.title.removeprefix("Error: ").removesuffix("…")):
        yield f"title {title!r} and h1 {headings[0]!r} do not agree"
    if not title.endswith(NAME) or len(title) > 70 + len("Error: " + NAME):
        yield f"title {title!r}"
    if page.root.get("lang") != "en":
        yield "no language"


def _identified(page: Page) -> Iterator[str]:
    known = Counter(page.marked("id"))
    yield from (f"id {name!r} stands {count} times" for name, count in known.items() if count > 1)
    for element in page.root.iter():
        for attribute in _REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in known:
                    yield f"{attribute} names {name!r}, which is not there"
        address = element.get("href") or ""
        if address.startswith("#") and address[1:] not in known:
            yield f"{address} leads nowhere"


def _labelled(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.root.iter("label")}
    for tag in ("input", "select", "textarea"):
        for field in page.root.iter(tag):
            is_named = field.get("id") in labelled or field.get("aria-label")
            if field.get("type") not in _UNTYPED and not is_named:
                yield f"{tag} {field.get('name')} has no label"
    for tag in ("a", "button", "summary"):
        for element in page.root.iter(tag):
            if not (text_of(element) or element.get("aria-label")):
                yield f"{tag} {element.attrib} says nothing"


def _leading(page: Page) -> Iterator[str]:
    for form in page.root.iter("form"):
        if not form.get("action") or form.get("method") not in ("get", "post"):
            yield f"form {form.attrib}"
        if form.get("method") == "post" and not [one for one in form.iter("input") if one.get("name") == "csrf_token"]:
            yield f"form {form.get('action')} without a token"
    for link in page.root.iter("a"):
        address = link.get("href")
        if not address or "None" in address.split("?")[0] or "Undefined" in address:
            yield f"link {text_of(link)!r} to {address!r}"
        elif urlsplit(address).scheme not in ("", "http", "https", "mailto"):
            yield f"link to {address!r}"


def _inert(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        yield from (f"handler {name} on {element.tag}" for name in element.attrib if name.startswith("on"))
        if element.get("style") is not None or element.tag == "style":
            yield f"style on {element.tag}"
        if element.tag in ("iframe", "object", "embed", "base", "img"):
            yield f"a {element.tag}"
        if element.tag == "script" and not (element.get("src") or "").startswith("/"):
            yield "a script of its own"


def _guarded(page: Page) -> Iterator[str]:
    headers = page.answer.headers
    wanted = {
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Content-Type": "text/html; charset=utf-8",
    }
    yield from (f"{name}: {headers.get(name)}" for name, value in wanted.items() if headers.get(name) != value)
    if not re.search(r"\bprivate\b", headers.get("Cache-Control", "")) or "public" in headers["Cache-Control"]:
        yield f"Cache-Control: {headers.get('Cache-Control')}"
    if "Cookie" not in headers.get("Vary", ""):
        yield f"Vary: {headers.get('Vary')}"
    if "Access-Control-Allow-Origin" in headers:
        yield "open to other sites"


_RULES = (_headed, _identified, _labelled, _leading, _inert, _guarded)
