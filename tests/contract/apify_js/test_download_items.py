"""`client.dataset(…).downloadItems()`: a file in every format."""

from base64 import b64decode

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("json", b"[]"), ("csv", b"\xef\xbb\xbf"), ("html", b"<!DOCTYPE"), ("xlsx", b"PK"), ("xml", b"<?xml")],
)
def test_comes_in_every_format(calling, form, beginning):
    options = {"attachment": True, "xmlRoot": "trees", "delimiter": ";", "skipHeaderRow": True}
    came = calling("items.mjs", "bob", id="alice/trees", how="download", format=form, options=options)
    assert b64decode(came["done"]).startswith(beginning)
