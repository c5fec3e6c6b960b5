"""`client.dataset(…).get_items_as_bytes()`: a file in every format."""

import pytest


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ("json", b"[]"),
        ("jsonl", b""),
        ("csv", b"\xef\xbb\xbf"),
        ("html", b"<!DOCTYPE html>"),
        ("xlsx", b"PK"),
        ("xml", b"<?xml"),
        ("rss", b"<?xml"),
    ],
)
def test_comes_in_every_format(stand, calling, form, beginning):
    came = calling(
        stand.tokens["bob"], lambda client: client.dataset("alice/trees").get_items_as_bytes(item_format=form)
    )
    assert bytes(came).startswith(beginning)
