"""Texts as words: case and accents do not matter, in every script."""

import pytest

from catalog.search.words import endings, name_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tree_cover-loss, 2020!", ["tree", "cover", "loss", "2020"]),
        ("Straße Élan ΆΛΦΑ", ["strasse", "elan", "αλφα"]),
        ("naïve café’s", ["naive", "cafe", "s"]),
        ("한국어 데이터", ["한국어", "데이터"]),
        ("وِزارة التعليم", ["وزارة", "التعليم"]),
        ("Ё-моё", ["е", "мое"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("気象データABC", ["気象", "象デ", "デー", "ータ", "abc"]),
        ("水", ["水"]),
        ("  — … ", []),
    ],
)
def test_words_are_read_in_every_script(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("name", "found_by"),
    [
        ("GLAD-S2 alerts", "glads2"),
        ("TreeCoverLoss2020", "cover"),
        ("TreeCoverLoss2020", "coverloss"),
        ("tree-cover", "treecover"),
        ("HomicideViolentCrimes", "violent"),
        ("tube_lines", "tubelines"),
    ],
)
def test_a_name_is_found_by_its_parts_and_by_neighbours_in_one(name, found_by):
    assert found_by in name_words(name)


def test_the_end_of_a_long_word_finds_it():
    assert "cover" in endings(["landcover"])
    assert endings(["tree"]) == []


def test_long_words_are_cut_alike_wherever_they_stand():
    assert words_of("a" * 200) == words_of("a" * 300)
