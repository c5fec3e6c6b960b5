"""The page of one facet: its values, each leading back to the list that it narrows."""

from typing import Any

from flask import url_for

from catalog.access import Viewer
from catalog.listing.facet_kinds import Facet
from catalog.listing.indexed import ALL_VALUES
from catalog.listing.paging import Window
from catalog.listing.values import PageOfValues, labels_of
from catalog.pages.door import settings
from catalog.pages.facets import OWNERSHIPS, drawn_value
from catalog.pages.links import Links
from catalog.pages.lists import Address, Place
from catalog.pages.wording import chips, sentence_of_values
from catalog.vocabulary.text import tidy

FIND = "find"
"""The parameter that says what the values have to have in them."""
_AT_ONCE = 120
_NOUNS = {
    "tag": ("tag", "tags"),
    "format": ("format", "formats"),
    "organization": ("organization", "organizations"),
    "license": ("licence", "licences"),
    "type": ("type", "types"),
    "year": ("year of update", "years of update"),
    "visibility": ("visibility", "visibilities"),
}


def sought_in(address: Address) -> str:
    """What the values have to have in them; empty for all of them."""
    return tidy((address.args.get(FIND) or ("",))[-1])[: settings().text_limit]


def window_of(address: Address) -> Window:
    """Which of the values: the size of an address is that of the list's pages."""
    return Window.of_page(address.window.page_number, _AT_ONCE)


def cut(facet: Facet, found: PageOfValues) -> list[str]:
    """What is to be said where a facet has more values than are told apart."""
    said = f"Only the {ALL_VALUES:,} most frequent {_NOUNS[facet.name][1]} are looked through: there are more."
    return [said] if found.is_cut else []


def values_of_facet(viewer: Viewer, facet: Facet, found: PageOfValues, noun: str, links: Links) -> dict[str, Any]:
    """What the template expects, but for its notes; `links` hold what the list of each `noun` is narrowed to."""
    labels = labels_of(viewer, links.state) | {("ownership", way): label for way, label in OWNERSHIPS.items() if way}
    chosen = chips(links, labels)
    others = [chip for chip in chosen if chip["name"] != facet.name]
    sought, query = ("".join(links.state.get(name, ())) for name in (FIND, "q"))
    return {
        "sentence": sentence_of_values(_NOUNS[facet.name], found.total, sought, noun, query, others),
        "facet": facet.name,
        "nouns": _NOUNS[facet.name],
        "values": [drawn_value(one, links.state.get(facet.name, ())) for one in found],
        "chosen": chosen,
        "sought": sought,
        "query": query,
        "noun": noun,
        "page": Place.of(found),
        "links": links,
        "the_list": links.at(url_for(f"{noun}s.index")),
    }
