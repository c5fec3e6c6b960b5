"""Whatever an address says, a browser gets a page."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import rolled_back
from tests.support.callers import Browser
from tests.support.given import PASSWORD, Given
from tests.support.profiles import times

pytestmark = pytest.mark.long

NAMES = (
    *("q", "tag", "license", "organization", "owner", "format", "type", "visibility", "ownership", "updated"),
    *("dataset", "unnamed", "sort", "size", "view", "find", "page", "page[number]", "page[size]", "overview"),
)
WORDS = (
    *(
        "",
        " ",
        "0",
        "-1",
        "1",
        "2",
        "99",
        "9" * 40,
        "1e3",
        "0x1",
        "１",
        "٣",
        "NaN",
        "-",
        "--",
        "..",
        "..2020",
        "2020..",
    ),
    *("30d", "99999d", "0d", ">2020", "<", ">", "2020-13", "0000", "9999-12-31", "9999..", "%", "_", "\\", "'", '"'),
    *("\0", "a\0b", "\ud7ff", "\U0001f600", "é", "e\u0301", "ﬁ", "\u202e", "a" * 3000, "<script>alert(1)</script>"),
    *("name", "-name", "slug", "updated", "-updated", "created", "items", "dataset", "-dataset", "--name"),
    *(
        "public",
        "internal",
        "private",
        "PUBLIC",
        "ownedByMe",
        "sharedWithMe",
        "table",
        "cards",
        "tag",
        "other",
        "latest",
    ),
)
VALUES = st.sampled_from(WORDS) | st.text(max_size=20)
QUERIES = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), VALUES), max_size=5)
# Bytes that are no parameters at all.
RAW = st.lists(
    st.sampled_from(("&", "=", ";", "%", "%00", "%ff", "%ed%a0%80", "+", "page", "[", "]", "?", "#", "é")), max_size=8
)


PATHS = st.sampled_from(
    (
        *("/datasets", "/assets", "/organizations", "/datasets/trees", "/organizations/lab", "/"),
        *("/datasets/facets/tag", "/datasets/facets/organization", "/assets/facets/year"),
    )
)
PLACES = st.sampled_from(("datasets", "assets", "organizations", "users", "nowhere"))


@pytest.fixture(scope="module")
def readers(shared_app):
    """A visitor, and somebody signed in, who look at a small store."""
    with rolled_back(shared_app):
        filling = Given(shared_app)
        alice = filling.user("alice", password=PASSWORD)
        lab = filling.organization("lab", members={alice: "admin"})
        csv = {"kind": "csv", "fields": ["a"]}
        filling.dataset("trees", owner=alice, organization=lab, visibility="public", tags=["forest"], assets=[csv])
        filling.dataset("scratch", owner=alice, is_unnamed=True)
        visitor, signed_in = Browser(shared_app), Browser(shared_app)
        signed_in.sign_in("alice", PASSWORD)
        yield {"visitor": visitor, "alice": signed_in}


READERS = st.sampled_from(("visitor", "alice"))


@times(8)
@given(who=READERS, path=PATHS, query=QUERIES)
@example(who="alice", path="/assets", query=[("q", "a\0b"), ("tag", "\0"), ("dataset", "x\0"), ("organization", "\0")])
@example(who="alice", path="/datasets", query=[("q", "a\0b"), ("tag", "\0"), ("owner", "\0"), ("type", "\0")])
@example(who="visitor", path="/datasets", query=[("updated", "99999d"), ("page", "9" * 19), ("size", "9" * 40)])
@example(who="visitor", path="/datasets", query=[("\0", "\0"), ("page", "\ufdd0"), ("view", "\x7f")])
def test_no_parameters_make_a_page_fail(readers, who, path, query):
    assert readers[who].get(f"{path}?{urlencode(query, errors='replace')}").status_code == 200


@times(8)
@given(who=READERS, path=PATHS, parts=RAW)
def test_no_query_string_makes_a_page_fail(readers, who, path, parts):
    assert readers[who].get(f"{path}?{quote(''.join(parts), safe='&=;%+[]?')}").status_code == 200


@times(8)
@given(who=READERS, place=PLACES, name=st.text(min_size=1, max_size=12) | st.sampled_from(WORDS[2:]))
@example(who="alice", place="datasets", name="a\0b")
@example(who="alice", place="users", name="a\0b")
@example(who="visitor", place="organizations", name="a\0b")
@example(who="visitor", place="datasets", name="latest")
@example(who="visitor", place="datasets", name="../../etc/passwd")
def test_no_name_makes_a_page_fail(readers, who, place, name):
    answer = readers[who].get(f"/{place}/{quote(name, safe='')}")
    # A visitor is asked to sign in before anything is said of a user; "." and "//" make another address of it.
    assert answer.status_code in ((303, 404, 308) if place == "users" and who == "visitor" else (404, 308))
    assert answer.status_code != 308 or "/" in name
