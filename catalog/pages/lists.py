"""What the lists of a browser share: reading an address as far as it can be used, and where in a list a page stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import request

from catalog.errors import Fault
from catalog.listing.paging import Page, Window
from catalog.pages.door import settings
from catalog.pages.filters import plural, thousands
from catalog.pages.links import Links
from catalog.vocabulary.text import visible

_WORDS = {"license": "licence", "q": "search"}
# Kinds of faults of which a part was used.
_CUT = ("too_long", "too_many")
_PAGE_NAMES = ("page[number]", "page")
_SIZE_NAMES = ("page[size]", "size")
_MOST_PAGES = 2**53
_DEFAULTS = {"view": "cards", "unnamed": "0", "page": "1"}


@dataclass(frozen=True)
class Place:
    """Which page of a list an address asks for, as the pager shows it."""

    number: int
    last: int
    total: int
    first_row: int
    last_row: int

    @classmethod
    def of(cls, page: Page) -> "Place":
        """The place of `page` in its list."""
        first = page.window.offset + 1
        return cls(page.window.page_number, max(1, page.page_count), page.total, first, page.window.offset + len(page))

    @property
    def is_past(self) -> bool:
        """Whether this is a page past the end of a list that has rows."""
        return self.total > 0 and self.number > self.last

    @property
    def past_in_words(self) -> str:
        """What to say of a page past the end."""
        pages = "there is one page" if self.last == 1 else f"there are {plural(self.last, 'page')}"
        return f"Page {thousands(self.number)} is past the end of this list: {pages}."


@dataclass(frozen=True)
class Address:
    """An address as a browser sent it: its parameters, the page and its size, and what could not be used."""

    args: Mapping[str, Sequence[str]]
    window: Window
    usual_size: int
    """How many rows a page has unless the address says so; links leave it unsaid."""
    choices: Mapping[str, str]
    """The values of those parameters that are one of a few words, where one was given."""
    notes: Sequence[str]

    def links(
        self, path: str, used: Mapping[str, Sequence[str]] | None = None, *, sort: str = "", default_sort: str = ""
    ) -> Links:
        """Links from a list at `path`, narrowed by what could be `used` of the address; nothing else is passed on."""
        defaults = {**_DEFAULTS, "sort": default_sort, "size": str(self.usual_size)}
        state = {
            **(used or {}),
            **{name: (value,) for name, value in self.choices.items()},
            "sort": (sort,),
            "page": (str(self.window.page_number),),
            "size": (str(self.window.limit),),
        }
        return Links.of(path, state, defaults=defaults, size=self.window.limit)


def read_address(
    names: Sequence[str] = (), *, choices: Mapping[str, Sequence[str]] | None = None, size: int | None = None
) -> Address:
    """The present request's address, of which only `names` and `choices` (with their values) are known.

    The page is known always, its size unless it is fixed by `size`. Whatever cannot be used is noted and left out.
    """
    choices = choices or {}
    reading = _Reading({name: values for name, values in request.args.lists()})
    sized = () if size else _SIZE_NAMES
    reading.note_strangers((*names, *choices), (*_PAGE_NAMES, *sized))
    number = reading.number(_PAGE_NAMES, 1, _MOST_PAGES, "a page of this list")
    rows = size or reading.number(sized, settings().page_size, settings().page_size_max, "a number of rows")
    chosen = {name: value for name, values in choices.items() if (value := reading.choice(name, values))}
    return Address(reading.args, Window.of_page(number, rows), size or settings().page_size, chosen, reading.notes)


def said(faults: Sequence[Fault]) -> list[str]:
    """Faults as sentences for a reader."""
    return [_said(fault) for fault in faults]


def _said(fault: Fault) -> str:
    name = str(fault.loc[-1])
    rest = "; the rest was not used" if fault.kind in _CUT else ""
    return f"{_WORDS.get(name, name).capitalize()}: {fault.message}{rest}."


@dataclass
class _Reading:
    """The parameters of one address, and what could not be used of them so far."""

    args: Mapping[str, Sequence[str]]
    notes: list[str] = field(default_factory=list)

    def note_strangers(self, names: Sequence[str], names_in_any_case: Sequence[str]) -> None:
        self.notes += [
            f"“{_shown(name)}” is nothing that this page can be asked for."
            for name in self.args
            if name not in names and name.lower() not in names_in_any_case
        ]

    def number(self, names: Sequence[str], default: int, most: int, what: str) -> int:
        given = next(
            (
                text
                for name in names
                for key, values in self.args.items()
                if key.lower() == name and (text := values[-1].strip())
            ),
            None,
        )
        if given is None:
            return default
        if given.isascii() and given.isdigit() and (number := int(given[:30])) >= 1:
            if number <= most:
                return number
            if names is _SIZE_NAMES:
                self.notes.append(f"At most {plural(most, 'row')} are shown at a time.")
                return most
        self.notes.append(f"“{_shown(given)}” is not {what}.")
        return default

    def choice(self, name: str, values: Sequence[str]) -> str | None:
        given = (self.args.get(name) or ("",))[-1].strip()
        if given and given not in values:
            self.notes.append(f"{name.capitalize()}: “{_shown(given)}” is not one of {', '.join(values)}.")
        return given if given in values else None


def _shown(given: str) -> str:
    seen = visible(given)
    return seen if len(seen) <= 40 else f"{seen[:39]}…"
