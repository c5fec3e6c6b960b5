"""Texts made fit to store, to compare and to cut."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.vocabulary.text import bounded, cut, decode_entities, fold, tidy, transliterate, visible

MANY = settings(max_examples=20 * settings.default.max_examples)

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Forest", "FOREST"),
        ("Straße", "STRASSE"),
        ("ΌΔΟΣ", "όδος"),
        ("ﬁre", "FIRE"),
        ("Ａ１", "a1"),
        ("é", "É"),
    ],
)
def test_folds_case_and_compatible_forms_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.long
@given(ANY_TEXT)
@MANY
@example("İ")
@example("ͅΆ")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("  a\r\nb\rc \n", "a\nb\nc"),
        ("tab\tstays", "tab\tstays"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("line\u2028separator\u0085next", "line\nseparator\nnext"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\u200db", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("\U000e0041hidden\U000e007f", "hidden"),
    ],
)
def test_removes_what_shows_nothing(given_text, expected):
    assert tidy(given_text) == expected


@pytest.mark.long
@given(ANY_TEXT)
@MANY
def test_tidy_text_can_be_stored_and_is_tidy_already(text):
    tidied = tidy(text)
    assert "\x00" not in tidied
    assert tidied.encode().decode() == tidied
    assert tidy(tidied) == tidied


def test_visible_text_keeps_its_ends():
    assert visible(" a\u200b ") == " a "


@pytest.mark.parametrize(
    ("encoded", "expected"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("&uuml;&#228;&#xe4;", "üää"),
        ("&#0;&#8238;", "\ufffd"),
        ("&#" + "9" * 5000 + ";", "\ufffd"),
        ("&nonsense; & co", "&nonsense; & co"),
    ],
)
def test_decodes_entities_without_the_characters_that_show_nothing(encoded, expected):
    assert decode_entities(encoded) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Köln", "Koln"), ("Київ", "Kiiv"), ("東京", "DongJing"), ("naïve\u200b", "naive"), ("\ud800", "")],
)
def test_writes_every_script_in_ascii(text, expected):
    assert transliterate(text) == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 5, "short"),
        ("a long sentence, cut", 17, "a long sentence…"),
        ("a long sentence", 9, "a long…"),
        ("unbrokenword", 8, "unbroke…"),
        ("a unbrokenwordthatgoeson", 12, "a unbrokenw…"),
        ("ends here exactly", 10, "ends here…"),
        ("abcde\u0301fgh", 6, "abcd…"),
    ],
)
def test_cuts_at_a_word(text, limit, expected):
    assert cut(text, limit) == expected


@pytest.mark.long
@given(st.text(), st.integers(1, 30))
@MANY
def test_a_cut_text_is_never_longer_than_its_limit(text, limit):
    assert len(cut(text, limit)) <= limit


def test_a_bounded_text_is_whole_or_told_apart_by_its_hash():
    assert bounded("x" * 500) == "x" * 500
    long, longer = bounded("x" * 501), bounded("x" * 502)
    assert (len(long), len(longer)) == (500, 500)
    assert long[:483] == longer[:483] == "x" * 483
    assert long != longer
