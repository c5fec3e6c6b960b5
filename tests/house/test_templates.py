"""The templates: they parse, take only what they use, and hold no script, style or query string of their own."""

import re
from pathlib import Path

import pytest
from jinja2 import nodes

from tests.support.house import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Anything in a tag or its attributes that the content security policy would refuse.
INLINE = {
    r"<script(?![^>]*\bsrc=)": "a script of its own: put it into static/js",
    r"<style\b": "a style of its own: put it into static/css",
    r"\sstyle\s*=": "a style attribute: give it a class",
    r"<[^>]*\son[a-z]+\s*=": "an event handler: add it in static/js",
    r"(?:href|src|action)\s*=\s*[\"']\s*javascript:": "a script address",
}
# An address that goes on with `?name=` built in place, or parameters joined by hand.
QUERY_STRING = re.compile(r"""(?:href|src|action)\s*=\s*["'][^"']*\?[^"']*|["']\?[a-z]+=|[?&][a-z\[\]]+=\{\{""", re.I)


def source_of(path: Path) -> str:
    """The template without its comments, which show calls and markup."""
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)


@pytest.fixture(params=TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def template(request) -> Path:
    return request.param


def test_every_template_parses(template, jinja):
    jinja.get_template(str(template.relative_to(ROOT / "templates")))


def test_every_imported_macro_is_used(template, jinja):
    tree = jinja.parse(template.read_text(encoding="utf-8"))
    imports = tree.find_all((nodes.FromImport, nodes.Import))
    taken = [name for node in imports for name in (node.names if isinstance(node, nodes.FromImport) else [node.target])]
    names = {name[1] if isinstance(name, tuple) else name for name in taken}
    used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    assert names - used == set(), f"{template.name} imports macros that it does not use"


def test_no_template_holds_script_or_style(template):
    source = source_of(template)
    found = {why for pattern, why in INLINE.items() if re.search(pattern, source, re.I)}
    assert found == set()


def test_no_template_builds_a_query_string(template):
    assert QUERY_STRING.findall(source_of(template)) == [], "query strings are the business of Links and of url_for"


def test_every_component_is_the_macro_of_its_name(jinja):
    for path in sorted((ROOT / "templates" / "components").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("{#"), f"{path.name}: open with a comment that shows the call"
        macros = {macro.name for macro in jinja.parse(text).find_all(nodes.Macro)}
        assert macros, f"{path.name} holds no macro"


@pytest.fixture(scope="session")
def jinja(house):
    return house.jinja_env
