"""Hits are marked where a reader looks for them."""

import pytest

from catalog.search.language import read
from catalog.search.marking import Hits, around, marked


def shown(text, query):
    return "".join(f"[{piece}]" if is_hit else piece for piece, is_hit in marked(text, Hits.of(read(query))))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("forest", "Forests of the Forest", "[Forests] of the [Forest]"),
        ("tree cov", "Tree cover loss, covered", "[Tree] [cover] loss, [covered]"),
        ('"cov"', "cover", "cover"),
        ("glads2", "GLAD-S2 alerts", "[GLAD-S2] alerts"),
        ("loss", "tree_cover_loss", "tree_cover_[loss]"),
        ("cover", "landcover", "[landcover]"),
        ("elan", "Élan vital", "[Élan] vital"),
        ("気象", "日本の気象データ", "日本の[気象]データ"),
        ("象", "日本の気象データ", "日本の気[象]データ"),
        ("気象デ", "日本の気象データ", "日本の[気象デ]ータ"),
        ("-fire tag:smoke", "fire and smoke", "fire and smoke"),
        ("column:lat", "lat, lon", "[lat], lon"),
        ("x", "nothing of it", "nothing of it"),
        ("a", "", ""),
    ],
)
def test_a_hit_is_marked_as_it_stands(query, text, expected):
    assert shown(text, query) == expected


def test_of_a_long_text_the_neighbourhood_of_the_first_hit_is_shown():
    text = f"{'word ' * 100}glacier {'word ' * 100}"
    pieces = around(text, Hits.of(read("glacier")))
    assert ("glacier", True) in pieces
    assert pieces[0] == ("… ", False)
    assert sum(len(piece) for piece, _ in pieces) < 220
    assert around("nothing", Hits.of(read("glacier"))) is None
