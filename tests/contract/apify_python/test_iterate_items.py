"""`client.dataset(…).iterate_items()`: a walk over none."""


def test_walks_over_none(stand, calling):
    token = stand.tokens["bob"]
    assert calling(token, lambda client: client.dataset("alice/trees").iterate_items(chunk_size=2)) == []
