"""`client.dataset(…).list_items()`: a page of none, with every parameter."""

EVERYTHING = {
    "offset": 3,
    "limit": 5,
    "clean": True,
    "desc": True,
    "fields": ["height", "age"],
    "omit": ["age"],
    "unwind": ["height"],
    "skip_empty": True,
    "skip_hidden": True,
    "flatten": ["height"],
    "view": "overview",
}


def test_lists_none(stand, calling):
    page = calling(stand.tokens["bob"], lambda client: client.dataset("alice/trees").list_items())
    assert (page.items, page.total, page.offset, page.count) == ([], 0, 0, 0)
    assert (page.limit, page.desc) == (999_999_999_999, False)


def test_takes_every_parameter(stand, calling):
    page = calling(stand.tokens["bob"], lambda client: client.dataset("alice/trees").list_items(**EVERYTHING))
    assert (page.items, page.offset, page.limit, page.desc) == ([], 3, 5, True)
