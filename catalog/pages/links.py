"""Addresses that keep the reader's place and change one thing; templates never build a query string."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import urlencode

# The order in which addresses name things, so that one state has one address.
ORDER = (
    *("q", "tag", "license", "organization", "owner", "format", "type", "year", "visibility", "ownership"),
    *("updated", "dataset", "unnamed", "sort", "size", "view", "find", "page"),
)
_MANY = frozenset({"tag", "license", "organization", "owner", "format", "type", "year", "visibility"})
# What narrows a list, and goes with "Clear all".
FILTERS = (
    *("tag", "license", "organization", "owner", "format", "type", "year"),
    *("visibility", "ownership", "updated", "dataset"),
)
_ONLY_PAGES = frozenset({"view", "find"})
# What narrows or widens a list here and has no counterpart in its JSON.
_WITHOUT_TWIN = frozenset({"dataset", "unnamed"})


@dataclass(frozen=True)
class Links:
    """The state of a list's address: its path, its parameters, and those that are at their defaults and go unsaid."""

    path: str
    state: Mapping[str, Sequence[str]]
    defaults: Mapping[str, str]
    size: int

    @classmethod
    def of(cls, path: str, args: Mapping[str, Sequence[str]], *, defaults: Mapping[str, str], size: int) -> "Links":
        """The state that `args`, lists of values by name, describe; unknown names and empty values are dropped."""
        state = {name: tuple(value for value in args.get(name, ()) if value) for name in ORDER}
        return cls(
            path,
            {name: values if name in _MANY else values[-1:] for name, values in state.items() if values},
            defaults,
            size,
        )

    def to_page(self, number: int) -> str:
        """Page `number` of the same list."""
        return self._saying(page=[str(number)] if number > 1 else [])

    def sorted_by(self, key: str) -> str:
        """The same list in another order, from its first page."""
        return self._saying(sort=[key], page=[])

    def toggling(self, name: str, value: str) -> str:
        """The list with `value` chosen, or no longer; of a parameter that takes one value it replaces the other."""
        chosen = self.state.get(name, ())
        if not value or value in chosen:
            return self._saying(page=[], **{name: [one for one in chosen if value and one != value]})
        return self._saying(page=[], **{name: [*chosen, value] if name in _MANY else [value]})

    def without(self, name: str, value: str) -> str:
        """The list without `value`."""
        return self.dropping(name, value).address()

    def clearing(self, name: str) -> str:
        """The list with nothing chosen for `name`."""
        return self._saying(page=[], **{name: []})

    def cleared(self) -> str:
        """The list with nothing chosen at all; what was searched for stays."""
        return self._saying(page=[], **{name: [] for name in FILTERS})

    def in_view(self, view: str) -> str:
        """The same page as cards or as a table."""
        return self._saying(view=[view])

    def opening(self, facet: str) -> str:
        """The page of all values of a facet, from which one comes back to this list."""
        return self.at(f"{self.path}/facets/{facet}").address()

    def at(self, path: str) -> "Links":
        """The same list, from its first page, at another path: that of a facet's page, or back."""
        return replace(self, path=path)._changed("find", [])

    def twin(self, page: int) -> str | None:
        """Page `page` of this list as JSON; None where JSON cannot tell this list from another."""
        if _WITHOUT_TWIN & {name for name, _ in self._pairs()}:
            return None
        state = {name: values for name, values in self.state.items() if name not in _ONLY_PAGES}
        state |= {"page": (str(page),), "size": (str(self.size),)}
        return replace(self, path=f"{self.path}.json", state=state, defaults={}).address()

    def dropping(self, name: str, value: str) -> "Links":
        """The state without `value`."""
        return self._changed(name, [one for one in self.state.get(name, ()) if one != value])

    def searching(self, text: str) -> "Links":
        """The state with other words to search for."""
        return self._changed("q", [text] if text else [])

    def everything(self) -> "Links":
        """The state of the whole list, in the same order and view."""
        kept = {name: values for name, values in self.state.items() if name not in ("q", "page", *FILTERS)}
        return replace(self, state=kept)

    def hidden(self, except_: Iterable[str] = ()) -> list[tuple[str, str]]:
        """What a form that changes `except_` has to carry along, as pairs of name and value."""
        return [pair for pair in self._pairs() if pair[0] not in set(except_)]

    def address(self) -> str:
        """This state as an address."""
        return self._saying()

    def _saying(self, **changed: Sequence[str]) -> str:
        """This state as an address, with other values for what is `changed`.

        A page has one for each value of each facet: the parts that they have in common are written once.
        """
        said = self._said | {name: self._say(name, values) for name, values in changed.items()}
        query = "&".join(said[name] for name in ORDER if said.get(name))
        return f"{self.path}?{query}" if query else self.path

    @cached_property
    def _said(self) -> Mapping[str, str]:
        return {name: self._say(name, values) for name, values in self.state.items()}

    def _say(self, name: str, values: Sequence[str]) -> str:
        return "&".join(_pair(name, value) for value in values if self.defaults.get(name) != value)

    def _pairs(self) -> list[tuple[str, str]]:
        return [
            (name, value) for name in ORDER for value in self.state.get(name, ()) if self.defaults.get(name) != value
        ]

    def _changed(self, name: str, values: Sequence[str]) -> "Links":
        """With other rows there are other pages, so the reader begins at the first one."""
        return self._with(name, values)._with("page", [])

    def _with(self, name: str, values: Sequence[str]) -> "Links":
        state = {key: kept for key, kept in self.state.items() if key != name}
        return replace(self, state=state | ({name: tuple(values)} if values else {}))


@lru_cache(1_000)
def _pair(name: str, value: str) -> str:
    """A parameter with its value, quoted: the same ones stand in many addresses."""
    return urlencode({name: value})
