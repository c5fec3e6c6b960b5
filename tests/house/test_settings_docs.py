"""docs/settings.md says what the settings say of themselves."""

from catalog.ops import settings_page
from catalog.settings import Settings, variable
from tests.support.house import ROOT


def test_the_page_of_settings_is_what_is_rendered():
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == settings_page.render(), "run `make settings`"


def test_every_setting_has_its_line():
    lines = settings_page.render().splitlines()
    described = [line.split("`")[1] for line in lines if line.startswith("| `CATALOG_")]
    assert described == [variable(name) for name in Settings.model_fields]
    assert [line for line in lines if line.startswith("| `") and line.endswith("|  |")] == [], (
        "say what the setting means"
    )
