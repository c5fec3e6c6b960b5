"""Slugs of datasets, keys of organizations and handles of users."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.vocabulary.slugs import (
    KEY_LIMIT,
    PARTY_KEY,
    RESERVED_KEYS,
    RESERVED_SLUGS,
    SLUG,
    SLUG_LIMIT,
    is_slug,
    make_key,
    make_slug,
    numbered,
    numbered_key,
)

MANY = settings(max_examples=20 * settings.default.max_examples)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("tree-cover_loss", "tree-cover_loss"),
        ("Tree Cover Loss (2024)", "tree_cover_loss_2024"),
        ("c3", "d_c3"),
        ("2019 census", "d_2019_census"),
        ("  Ünï Cödé ", "uni_code"),
        ("Стадії", "stadii"),
        ("_private", "private"),
        ("a", "d_a"),
        ("???", "dataset"),
        ("", "dataset"),
        ("latest", "latest_2"),
        ("Import", "import_2"),
    ],
)
def test_makes_a_slug_as_near_to_the_name_as_it_can_be(given_name, expected):
    assert make_slug(given_name) == expected


def test_cuts_a_long_slug_at_a_word():
    assert make_slug("word " * 60) == "_".join(["word"] * 40)
    assert make_slug("x" * 300) == "x" * 200


@pytest.mark.long
@given(ANY_TEXT)
@MANY
@example("\ud800")
def test_what_is_made_is_always_a_slug_and_made_of_itself(name):
    slug = make_slug(name)
    assert is_slug(slug)
    assert make_slug(slug) == slug


@pytest.mark.long
@given(ANY_TEXT, st.integers(2, 10**9))
@MANY
def test_a_numbered_slug_is_a_slug(name, n):
    assert is_slug(numbered(make_slug(name), n))
    assert numbered(make_slug(name), n).endswith(f"_{n}")


@pytest.mark.parametrize(
    "text", ["ab", "1ab", "Abc", "a b c", "abc\n", "é_bc", "a" * 201, "٣abc", *sorted(RESERVED_SLUGS)]
)
def test_knows_what_is_no_slug(text):
    assert not is_slug(text)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("World Resources Institute", "world-resources-institute"),
        ("Instituto Federal de Educação, Ciência e Tecnologia", "instituto-federal-de-educacao-ciencia-e"),
        ("Ужгородська міська рада", "uzhgorods-ka-mis-ka-rada"),
        ("Datasets", "datasets-2"),
        ("X", "key-x"),
        ("VR", "vr"),
        ("d" * 50, "d" * 39),
    ],
)
def test_makes_a_key_of_a_title(title, expected):
    assert make_key(title) == expected


def test_a_title_that_leaves_nothing_has_a_key_of_its_own_that_stays():
    assert make_key("!!!") == make_key("!!!")
    assert make_key("!!!") != make_key("???")
    assert make_key("") != ""


@pytest.mark.long
@given(ANY_TEXT, st.integers(2, 10**9))
@MANY
@example("\ud800", 2)
def test_what_is_made_is_always_a_key(title, n):
    key = make_key(title)
    assert PARTY_KEY.fullmatch(key)
    assert key not in RESERVED_KEYS
    assert PARTY_KEY.fullmatch(numbered_key(key, n))
    assert numbered_key(key, n).endswith(f"-{n}")


def test_every_reserved_word_could_be_a_key_otherwise():
    assert [word for word in RESERVED_KEYS if not PARTY_KEY.fullmatch(word)] == []
    assert [word for word in RESERVED_SLUGS if not SLUG.fullmatch(word)] == []
    assert (SLUG_LIMIT, KEY_LIMIT) == (200, 39)


@pytest.mark.real_records
def test_real_slugs_stay_and_real_organizations_have_keys(records):
    changed = {r["dataset"]: make_slug(r["dataset"]) for r in records if make_slug(r["dataset"]) != r["dataset"]}
    assert changed == {"c3": "d_c3", "c4": "d_c4"}
    keys = {make_key(r["organization"]) for r in records if r["organization"]}
    assert [key for key in keys if not PARTY_KEY.fullmatch(key) or key in RESERVED_KEYS] == []
