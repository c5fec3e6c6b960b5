"""Links: addresses that keep the reader's place, and that every one on every page leads somewhere."""

from urllib.parse import urljoin, urlsplit

import pytest

from catalog.pages.links import Links
from tests.support.callers import Browser
from tests.support.given import PASSWORD
from tests.support.groups import ON_SQLITE

DEFAULTS = {"sort": "-updated", "size": "25", "view": "cards", "page": "1"}


def links(**args):
    """The links of a list at an address."""
    given = {name: [value] if isinstance(value, str) else value for name, value in args.items()}
    return Links.of("/datasets", given, defaults=DEFAULTS, size=25)


STATE = links(page="4", view="table", tag=["b", "a"], q="x y", sort="name", format="csv", size="50", colour="red")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (STATE.address(), "/datasets?q=x+y&tag=b&tag=a&format=csv&sort=name&size=50&view=table&page=4"),
        (links(sort="-updated", size="25", view="cards", page="1", q="").address(), "/datasets"),
        (links(q="a&b=c#d", tag="é/ü").address(), "/datasets?q=a%26b%3Dc%23d&tag=%C3%A9%2F%C3%BC"),
        (links(q=["first", "last"], updated=["1d", "2d"]).address(), "/datasets?q=last&updated=2d"),
        (links(tag="a", page="3").to_page(2), "/datasets?tag=a&page=2"),
        (links(tag="a", page="3").to_page(1), "/datasets?tag=a"),
        (links(tag="a", page="3").sorted_by("name"), "/datasets?tag=a&sort=name"),
        (links(sort="name", page="3").sorted_by("-updated"), "/datasets"),
        (links(tag="a", page="3").toggling("tag", "b"), "/datasets?tag=a&tag=b"),
        (links(tag=["a", "b"], page="3").toggling("tag", "a"), "/datasets?tag=b"),
        (links(ownership="ownedByMe").toggling("ownership", "sharedWithMe"), "/datasets?ownership=sharedWithMe"),
        (links(ownership="ownedByMe", q="x").toggling("ownership", ""), "/datasets?q=x"),
        (links(tag=["a", "b"], format="csv", page="2").clearing("tag"), "/datasets?format=csv"),
        (links(tag=["a", "b"], q="x", sort="name", page="2").cleared(), "/datasets?q=x&sort=name"),
        (links(tag=["a", "b"], page="2").without("tag", "a"), "/datasets?tag=b"),
        (links(tag="a", page="2").in_view("table"), "/datasets?tag=a&view=table&page=2"),
        (links(view="table", page="2").in_view("cards"), "/datasets?page=2"),
        (links(tag="a", sort="name", page="2").opening("tag"), "/datasets/facets/tag?tag=a&sort=name"),
        (links(tag="a", find="b", page="2").at("/assets").address(), "/assets?tag=a"),
        (links(tag="a", find="b", page="2").to_page(3), "/datasets?tag=a&find=b&page=3"),
        (links(q="x", tag="a", sort="name", page="2").everything().address(), "/datasets?sort=name"),
        (
            links(tag="a", sort="-updated", size="25", view="table").twin(3),
            "/datasets.json?tag=a&sort=-updated&size=25&page=3",
        ),
        (links(dataset="trees").twin(1), None),
    ],
)
def test_an_address_changes_in_one_thing(address, expected):
    assert address == expected


def test_a_form_carries_what_it_does_not_ask_for():
    assert links(q="x", tag=["a", "b"], sort="name", page="3").hidden(except_=("q", "page")) == [
        ("tag", "a"),
        ("tag", "b"),
        ("sort", "name"),
    ]


# Every link


@pytest.fixture
def store(given, cast):
    """Something of everything that pages link to."""
    lab = given.organization("lab", title="Forest Lab", members={cast.alice: "admin", cast.bob: "viewer"})
    asset = {"kind": "csv", "format": "csv", "uri": "https://data.example/a.csv", "fields": ["a"]}
    said = {"tags": ["forest", "a&b"], "license": "CC BY 4.0", "overview": "Text", "citation": "Us"}
    given.dataset("trees", owner=cast.alice, organization=lab, visibility="public", assets=[asset] * 60, **said)
    given.dataset("rain", owner=cast.bob, visibility="public", license="Ask us, we answer.", assets=[{"kind": "api"}])
    given.dataset("plans", owner=cast.alice, shared_with=[cast.bob], assets=[asset])
    given.dataset("any", owner=cast.bob, is_unnamed=True)


def crawl(browser, limit=110):
    """What came of each address that pages link to, beginning at the first page and at one that is not there."""
    found, waiting = {}, ["/", "/sign-in", "/nowhere"]
    while waiting and len(found) < limit:
        path = waiting.pop(0)
        if path in found:
            continue
        answer = browser.get(path)
        found[path] = answer.status_code
        if answer.mimetype == "text/html" and answer.status_code == 200:
            page = answer.page
            addresses = [*page.links(), *page.marked("src"), *(one.get("href") for one in page.root.iter("link"))]
            inside = {urljoin(path, address).split("#")[0] for address in addresses if not urlsplit(address).netloc}
            # One filter at a time is enough: all together make too many lists.
            waiting += sorted(one for one in inside if "&" not in one or ".json" in one)
    return found


@ON_SQLITE
@pytest.mark.parametrize("who", [None, "bob"])
def test_every_link_of_every_page_leads_somewhere(browser_of, store, who):
    found = crawl(browser_of(who))
    expected = {"/nowhere": 404} | ({"/sign-in": 302} if who else {})
    assert {path: status for path, status in found.items() if status != 200} == expected
    rooms = {path.split("?")[0].split("/")[1] for path in found}
    assert rooms >= {"", "datasets", "assets", "organizations", "sign-in", "static", "datasets.json", "assets.json"}
    assert ("users" in rooms) == (who is not None)
    assert len(found) > 60


def test_under_a_prefix_every_link_keeps_it(app_with, store):
    browser = Browser(app_with(proxy_hops=1))
    prefix = {"X-Forwarded-Prefix": "/data", "X-Forwarded-For": "192.0.2.1"}
    pages = (
        "/",
        "/datasets?q=r&tag=forest",
        "/datasets/trees",
        "/assets",
        "/organizations",
        "/organizations/lab",
        "/nowhere",
    )
    for path in pages:
        page = browser.get(path, headers=prefix).page
        addresses = [*page.links(), *page.marked("src"), *page.marked("action")]
        addresses += [one.get("href") for one in page.root.iter("link")]
        assert [one for one in addresses if one.startswith("/") and not one.startswith("/data/")] == [], path


def test_under_a_prefix_the_sign_in_leads_back_below_it(app_with, store):
    app = app_with(proxy_hops=1)
    prefix = {"X-Forwarded-Prefix": "/data"}
    browser = Browser(app)
    answer = browser.get("/users/bob?page=2", headers=prefix)
    assert answer.headers["Location"] == "/data/sign-in?next=/data/users/bob?page%3D2"
    for back, leads in (("/data/users/bob", "/data/users/bob"), ("/users/bob", "/data/"), ("/database", "/data/")):
        visitor = Browser(app)
        page = visitor.page("/sign-in", headers=prefix)
        token = next(one for one in page.root.iter("input") if one.get("name") == "csrf_token").get("value")
        fields = {"name": "bob", "password": PASSWORD, "csrf_token": token, "next": back}
        answer = visitor.post("/sign-in", data=fields, headers=prefix)
        assert (answer.status_code, answer.headers["Location"]) == (303, leads)


def test_the_page_one_is_on_is_marked(browser_of, store):
    for path, current in (("/datasets", "page"), ("/datasets/trees", "true"), ("/organizations", None)):
        page = browser_of(None).page(path)
        marks = {link.get("aria-current") for link in page.find("a", "bar__link") if link.get("href") == "/datasets"}
        assert marks == {current}


def test_static_files_are_kept_for_good_under_an_address_of_their_own(browser, client, cast):
    page = browser.page("/")
    sheet = next(link.get("href") for link in page.root.iter("link") if link.get("rel") == "stylesheet")
    answer = client.get(sheet)
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert set(answer.headers["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    for path in ("/static/x/../../app.py", "/static/x/%2e%2e/app.py", "/static/x/nothing.css", "/static/x/"):
        assert client.get(path).status_code == 404
