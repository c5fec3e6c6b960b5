"""The language of search texts, and how it is said back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.search.language import FIELDS, MOST_PARTS, read, term


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tree cover", ["“tree” and “cover”"]),
        ('"tree cover" loss', ["“tree cover” and “loss”"]),
        ("forest -fire", ["“forest”", "without “fire”"]),
        ('forest -"fire season"', ["“forest”", "without “fire season”"]),
        ("tag:climate", ["tag climate"]),
        ("tag:climate,water tag:ice", ["tag climate,water or ice"]),
        ("-format:csv", ["without format csv"]),
        ('org:"Forest Watch" rain', ["“rain”", "organization Forest Watch"]),
        ("licence:MIT", ["licence MIT"]),
        ("updated:>2026-01-01", ["updated >2026-01-01"]),
        ("colour:red", ["“colour:red”"]),
        ('left "open', ["“left” and “open”"]),
        ("tag: x", ["“tag:” and “x”"]),
        ("https://example.org/a", ["“https://example.org/a”"]),
        ("- — !", []),
        ("", []),
    ],
)
def test_a_text_is_said_back_as_it_was_read(text, said):
    assert read(text).in_words() == said


@pytest.mark.parametrize("value", ["climate", "sea ice", "a,b", "North—South", "x:y"])
def test_a_value_of_a_facet_can_be_said_as_a_term(value):
    (part,) = read(term("tag", [value])).parts
    assert (part.name, part.values) == ("tag", (value.lower(),))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_text_is_an_error(text):
    for part in read(text).parts:
        assert part.name is None or part.name in FIELDS
        assert part.words or part.text


def test_a_long_text_is_read_up_to_a_number_of_parts():
    sought = read(" ".join(f"word{n}" for n in range(100)))
    assert (len(sought.parts), sought.is_cut) == (MOST_PARTS, True)
    assert not read("a b").is_cut
