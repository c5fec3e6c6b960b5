"""`client.dataset(…).get_statistics()`."""

import pytest
from apify_client.errors import NotFoundError


def test_are_none(stand, calling):
    found = calling(stand.tokens["bob"], lambda client: client.dataset("alice/trees").get_statistics())
    assert found.field_statistics is None


def test_of_what_is_not_there_are_refused(stand, calling):
    with pytest.raises(NotFoundError) as caught:
        calling(stand.tokens["bob"], lambda client: client.dataset("carol/secrets").get_statistics())
    assert (caught.value.type, caught.value.status_code) == ("record-not-found", 404)
