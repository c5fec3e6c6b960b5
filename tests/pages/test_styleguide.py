"""The page that shows every component, for who works on the look."""

from pathlib import Path

from tests.support.callers import Browser
from tests.support.house import ROOT


def test_is_there_only_where_the_application_is_debugged(app_with, browser, monkeypatch):
    assert browser.get("/styleguide").status_code == 404
    monkeypatch.setenv("FLASK_DEBUG", "1")
    page = Browser(app_with()).page("/styleguide")
    assert page.heading == "Components"


def test_shows_every_component(app_with, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    shown = set(Browser(app_with()).page("/styleguide").texts("h2", "styleguide__name"))
    components = {path.stem for path in Path(ROOT / "templates" / "components").glob("*.html")}
    # These are parts of others, and seen there; the form of a dataset is a page by itself.
    assert components - shown == {"copy_button", "dataset_form", "sort_menu", "table", "type_words"}
