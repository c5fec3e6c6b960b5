"""Every kind of page: free of barriers in both themes, inside the window at every width, printed without controls."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.dirt import LONG
from tests.support.profiles import is_long

pytestmark = pytest.mark.chromium

WIDTHS = (1280, 900, 640, 390, 320) if is_long() else (1280, 640, 320)
_ALIKE = ("tbody > tr", ".cards > li", ".facet__values > li", ".tags > li", ".form_row")
ALIKE = ", ".join(f"{one}:nth-child(n+7)" for one in _ALIKE)
"""What stands in lists beside six others that are drawn like it."""
OF_VISITORS = {
    "home": "/",
    "datasets": "/datasets",
    "datasets, narrowed": "/datasets?q=a&tag=machine+learning&format=csv&format=json&sort=name&foo=1",
    "datasets, the values of a facet": "/datasets/facets/tag?tag=forest&find=e",
    "datasets as a table": "/datasets?view=table",
    "datasets, none": "/datasets?q=nothing+at+all&format=csv",
    "datasets, past the end": "/datasets?page=99",
    "dataset": "/datasets/umd_tree_cover_loss",
    "dataset, long in every part": f"/datasets/{LONG['dataset']}",
    "dataset, whole": f"/datasets/{LONG['dataset']}?overview=all",
    "assets": "/assets?sort=name",
    "organizations": "/organizations",
    "organization": "/organizations/global-forest-watch",
    "sign in": "/sign-in?next=/datasets/wdpa",
    "not found": "/datasets/nothing_like_this",
    "developers": "/developers",
    "developers, GFW": "/developers/gfw",
    "developers, Apify": "/developers/apify",
    "developers, Dreadnode": "/developers/org",
}
OF_USERS = {
    "home, signed in": "/",
    "datasets, signed in": "/datasets?ownership=sharedWithMe&unnamed=1",
    "dataset, shared": "/datasets/squad",
    "organization, of a member": "/organizations/forest-team",
    "user": "/users/alice",
    "account": "/account",
    "password": "/account/password",
    "sessions": "/account/sessions",
    "tokens": "/account/tokens",
    "new token": "/account/tokens/new",
    "members": "/organizations/forest-team/members",
    "a member's leave": "/organizations/forest-team/members/alice/dismiss",
    "new organization": "/organizations/new",
    "organization, edited": "/organizations/forest-team/edit",
    "new dataset": "/datasets/new",
    "dataset, edited": "/datasets/wdpa/edit",
    "dataset, edited, long in every part": f"/datasets/{LONG['dataset']}/edit",
    "who has access": "/datasets/wdpa/shares",
    "who has access, long": f"/datasets/{LONG['dataset']}/shares",
    "transfer": f"/datasets/{LONG['dataset']}/shares/transfer",
    "another id": f"/datasets/{LONG['dataset']}/rename",
    "withdraw": f"/datasets/{LONG['dataset']}/withdraw",
    "trash": "/trash",
}


@pytest.mark.long
@pytest.mark.parametrize(("is_narrow", "is_dark"), [(False, False), (True, True)], ids=["wide-light", "narrow-dark"])
def test_no_page_has_barriers_or_is_wider_than_its_window(visit, is_narrow, is_dark):
    """In an ordinary run every second page is looked at in one way, the others in the other; each at every width.

    Of rows and cards that are drawn alike axe is shown the first then: it takes as long as there are elements.
    """
    barriers, wider = {}, {}
    for who, pages in ((None, OF_VISITORS), ("alice", OF_USERS)):
        visitor = visit(is_dark=is_dark, is_narrow=is_narrow, who=who)
        some = list(pages.items()) if is_long() else list(pages.items())[is_narrow::2]
        for name, path in some:
            page = visitor.go(path, status=404 if name == "not found" else 200)
            open_everything(page)
            wider |= {f"{name} at {width}": needed for width, needed in widths_of(page) if needed > width}
            if not is_long():
                page.evaluate("alike => document.querySelectorAll(alike).forEach((one) => one.remove())", ALIKE)
            barriers |= barriers_of(page, name)
    assert barriers == {}
    assert wider == {}


def barriers_of(page, name):
    """What axe complains of: what is to be mended, by the page, the rule and the element."""
    return {
        f"{name}: {one['id']}: {node['target']}": node["failureSummary"]
        for one in Axe().run(page).response["violations"]
        for node in one["nodes"]
    }


def widths_of(page):
    """How wide the page is in a window of each width, which it has left at the end."""
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        yield width, page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(before)


def test_long_assets_stay_inside_too(visit):
    visitor = visit()
    page = visitor.go(f"/datasets/{LONG['dataset']}")
    page.locator(".asset_table__link", has_text="Kind").click()
    page.wait_for_url("**/assets/*")
    assert [width for width, needed in widths_of(page) if needed > width] == []
    assert Axe().run(page).response["violations"] == []


# Fills the cells of a table with the longest of their kind; gives back what is cut then.
CUT = """([table, texts]) => {
  const cells = [...document.querySelectorAll(`.${table} tbody > tr`)].flatMap((row) => [...row.cells]);
  for (const cell of cells) {
    const text = Object.entries(texts).find(([kind]) => cell.matches(kind))?.[1];
    if (text) (cell.querySelector("span, time") ?? cell).textContent = text;
  }
  const filled = cells.filter((cell) => Object.keys(texts).some((kind) => cell.matches(kind)));
  if (!filled.length) return ["no such table"];
  return filled.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent);
}"""
NUMBERS = {".table__number": "123,456,789,012,345"}
VERSIONS = NUMBERS | {"th": "COMPOSITES/C02_T1_32DAY_NDVI", ".version_table__content": "19 Sep 1999 to 30 Oct 2026"}


@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
def test_no_number_name_or_time_of_a_table_is_cut(visit, is_narrow):
    visitor = visit(is_narrow=is_narrow)
    page = visitor.go("/datasets?view=table")
    assert page.evaluate(CUT, ["dataset_table", NUMBERS]) == []
    page = visitor.go("/datasets/umd_tree_cover_loss")
    assert page.evaluate(CUT, ["version_table", VERSIONS]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


# The tabs of which a part is under the copy button of their box, wherever their strip is scrolled to.
COVERED = """() => [...document.querySelectorAll(".code_tabs")].flatMap((box) => {
  const strip = box.querySelector(".code_tabs__strip");
  const button = [...box.querySelectorAll(".copy_button")].find((one) => one.checkVisibility()).getBoundingClientRect();
  return [0, strip.scrollWidth].flatMap((left) => {
    strip.scrollLeft = left;
    const seen = strip.getBoundingClientRect();
    return [...strip.querySelectorAll(".code_tabs__tab")].filter((tab) => {
      const { left, right, top, bottom } = tab.getBoundingClientRect();
      return Math.max(left, seen.left, button.left) < Math.min(right, seen.right, button.right)
        && Math.max(top, button.top) < Math.min(bottom, button.bottom);
    }).map((tab) => tab.textContent);
  });
})"""


def test_no_tab_runs_under_the_copy_button(visit):
    visitor = visit()
    covered = {}
    for path in ("/developers", f"/datasets/{LONG['dataset']}"):
        page = visitor.go(path)
        assert page.locator(".code_tabs").count() > 0
        for width in (1280, 900, 640, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if found := page.evaluate(COVERED):
                covered[f"{path} at {width}"] = found
    assert covered == {}


def test_no_column_of_a_reference_lies_outside_of_a_narrow_window(visit):
    visitor = visit(is_narrow=True)
    widest = (
        "Math.max(...[...document.querySelectorAll('.table-scroll')].map((one) => one.scrollWidth - one.clientWidth))"
    )
    outside = {dialect: visitor.go(f"/developers/{dialect}").evaluate(widest) for dialect in ("gfw", "apify", "org")}
    assert outside == dict.fromkeys(outside, 0)


def test_the_form_with_errors_has_no_barriers(visit):
    visitor = visit()
    page = visitor.go("/sign-in")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    assert Axe().run(page).response["violations"] == []
    assert page.title() == "Error: Sign in · Catalog"


def test_print_leaves_out_what_can_only_be_clicked(visit):
    visitor = visit()
    for path in ("/datasets", "/datasets/umd_tree_cover_loss", "/"):
        page = visitor.go(path)
        page.emulate_media(media="print")
        for part in (".bar", ".foot", ".list__filters", ".list__tools", ".pager nav", ".sections", ".copy_button"):
            assert not [one for one in page.locator(part).all() if one.is_visible()], f"{part} on {path}"
        assert page.locator(".print-only").is_visible()
        page.emulate_media(media="screen")


def open_everything(page):
    """Open every disclosure that a reader can open."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
