"""Ids under a seal: what was sealed opens with the same key for the same purpose, and nothing else does."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.vocabulary.seals import seal, unseal


@given(st.uuids())
def test_what_was_sealed_opens(uuid: UUID):
    sealed = seal(uuid, "key", purpose="tests")
    assert len(sealed) == 50
    assert unseal(sealed, "key", purpose="tests") == uuid
    assert unseal(sealed, "other key", purpose="tests") is None
    assert unseal(sealed, "key", purpose="other tests") is None


@given(st.text())
def test_no_other_text_opens(text: str):
    assert unseal(text, "key", purpose="tests") is None


@pytest.mark.parametrize("text", ["", ".", "a.b", "ä", "\0", "\ud800", "=" * 50])
def test_odd_texts_do_not_open(text: str):
    assert unseal(text, "key", purpose="tests") is None


def test_one_changed_character_breaks_the_seal():
    sealed = seal(uuid4(), "key", purpose="tests")
    for place in range(49):  # of the last character only some bits count
        other = "A" if sealed[place] != "A" else "B"
        assert unseal(sealed[:place] + other + sealed[place + 1 :], "key", purpose="tests") is None
