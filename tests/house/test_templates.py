"""The templates: they parse, take only what they use, and hold no script, style or query string of their own."""

import re
from pathlib import Path

from jinja2 import Environment, nodes

from tests.support.house import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Whose answers are not drawn by templates.
NOT_PAGES = {"static", "front_desk", "gfw", "gfw_absent", "apify", "org", "openapi", "downloads", "suggest", "health"}
# Anything in a tag or its attributes that the content security policy would refuse.
INLINE = {
    r"<script(?![^>]*\bsrc=)": "a script of its own: put it into static/js",
    r"<style\b": "a style of its own: put it into static/css",
    r"\sstyle\s*=": "a style attribute: give it a class",
    r"<[^>]*\son[a-z]+\s*=": "an event handler: add it in static/js",
    r"(?:href|src|action)\s*=\s*[\"']\s*javascript:": "a script address",
}
# `?name=` or `&name=`, wherever it stands.
QUERY_STRING = re.compile(r"[?&](?:amp;)?[a-z_][\w\[\]-]*=", re.I)


def source_of(path: Path) -> str:
    """The template without its comments, which show calls and markup."""
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)


def name_of(path: Path) -> str:
    """As templates name each other."""
    return str(path.relative_to(ROOT / "templates"))


def test_every_template_parses(house):
    for path in TEMPLATES:
        house.jinja_env.get_template(name_of(path))


def test_every_page_has_the_template_of_its_name(house):
    pages = {
        rule.endpoint.replace(".", "/") + ".html"
        for rule in house.url_map.iter_rules()
        if "GET" in rule.methods and rule.endpoint.split(".")[0] not in NOT_PAGES
    }
    assert pages - {name_of(path) for path in TEMPLATES} == set(), "call the template as the endpoint: room/view.html"


def test_every_imported_macro_is_used(house):
    unused = {name_of(path): names for path in TEMPLATES if (names := unused_imports(house.jinja_env, path))}
    assert unused == {}


def unused_imports(jinja: Environment, path: Path) -> set[str]:
    """The names that a template imports and does not use."""
    tree = jinja.parse(path.read_text(encoding="utf-8"))
    named = [name for node in tree.find_all(nodes.FromImport) for name in node.names]
    taken = {name[1] if isinstance(name, tuple) else name for name in named}
    taken |= {node.target for node in tree.find_all(nodes.Import)}
    return taken - {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}


def test_no_template_holds_script_or_style():
    found = {
        f"{name_of(path)}: {hit[0]}": why
        for path in TEMPLATES
        for pattern, why in INLINE.items()
        for hit in re.finditer(pattern, source_of(path), re.I)
    }
    assert found == {}


def test_no_template_builds_a_query_string():
    found = {name_of(path): hits for path in TEMPLATES if (hits := QUERY_STRING.findall(source_of(path)))}
    assert found == {}, "query strings are the business of Links and of url_for"


def test_every_component_shows_its_call_and_is_the_macro_of_its_name(house):
    for path in sorted((ROOT / "templates" / "components").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        comment = text[: text.index("#}")]
        macros = {macro.name for macro in house.jinja_env.parse(text).find_all(nodes.Macro)}
        assert text.startswith("{#"), f"{path.name}: open with a comment that shows the call"
        assert any(f"{macro}(" in comment for macro in macros), f"{path.name}: its comment shows no call"
