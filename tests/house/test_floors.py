"""The floors of the house: who imports whom, where lists begin, what a module says of itself."""

import ast

import pytest

from tests.support.house import Module, modules

MODULES = modules()
# A module imports from its own room and from lower floors; rooms on one floor are strangers to each other.
FLOORS = (
    ("settings", "errors", "clock", "json"),
    ("db", "vocabulary"),
    ("model",),
    ("access",),
    ("listing", "changes", "tally", "migrating"),
    ("identity", "harvest", "demo"),
    ("pages", "dialects", "ops", "cli"),
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
DIALECTS = ("gfw", "apify", "org")
# Who may import from a room beside its own, and why.
NEIGHBORS = {
    ("catalog.dialects.wire", "catalog.ops.limits"): "each request of a script is counted where it comes in",
}
# Datasets and what is in them are selected by `visible_…`; these rooms do it themselves, and why.
SELECTING = {
    "catalog.access": "it is where lists begin",
    "catalog.model": "it is what is selected",
    "catalog.changes": "a verb holds what it changes whoever may see it, after it has asked access",
    "catalog.tally": "it counts reads by id, after somebody saw",
}
SELECTED = {"Dataset", "Version", "Asset"}
MOST_LINES = 300


def room_of(name: str) -> str | None:
    """The room of a module, the first part of its name below `catalog`; None for `app` and the map itself."""
    return name.split(".")[1] if name.startswith("catalog.") else None


def test_every_room_has_a_floor():
    rooms = {room_of(module.name) for module in MODULES} - {None}
    assert rooms - FLOOR_OF.keys() == set(), "give the new room a floor in FLOORS and in catalog/__init__.py"
    assert FLOOR_OF.keys() - rooms == set(), "FLOORS names a room that does not exist"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_run_downhill(module: Module):
    room = room_of(module.name)
    if room is None:
        return
    for name in module.imported():
        assert name.split(".")[0] != "app", f"{module} imports app, which is above everything"
        other = room_of(name)
        if other in (None, room) or (module.name, name) in NEIGHBORS:
            continue
        assert FLOOR_OF[other] < FLOOR_OF[room], (
            f"{module} (floor {FLOOR_OF[room]}) imports {name} (floor {FLOOR_OF[other]})"
        )


def test_every_leave_to_import_a_neighbor_is_used():
    imports = {(module.name, name) for module in MODULES for name in module.imported()}
    assert NEIGHBORS.keys() - imports == set(), "this leave is not needed any more: take it out of NEIGHBORS"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_name_what_they_take(module: Module):
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.split(".")[0] in ("catalog", "app")]
            assert not names, f"{module}:{node.lineno}: write `from … import …` instead of `import {names[0]}`"
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: write the whole name instead of dots"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_dialects_are_strangers_to_each_other(dialect):
    own = f"catalog.dialects.{dialect}"
    others = tuple(f"catalog.dialects.{other}" for other in DIALECTS if other != dialect)
    for module in MODULES:
        if module.name == own or module.name.startswith(f"{own}."):
            taken = [name for name in module.imported() if name.startswith((*others, "catalog.dialects.front_desk"))]
            assert not taken, (
                f"{module} imports {taken[0]}: what two dialects share belongs into catalog/dialects/wire.py"
            )


def test_what_dialects_share_knows_none_of_them():
    wire = next(module for module in MODULES if module.name == "catalog.dialects.wire")
    rooms = tuple(f"catalog.dialects.{dialect}" for dialect in DIALECTS)
    assert [name for name in wire.imported() if name.startswith(rooms)] == []


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_list_begins_in_access(module: Module):
    if any(module.name == room or module.name.startswith(f"{room}.") for room in SELECTING):
        return
    for call in _selects(module.tree):
        raise AssertionError(f"{module}:{call.lineno}: begin with visible_datasets, visible_versions or visible_assets")


def _selects(tree: ast.AST) -> list[ast.Call]:
    """Each `select(Dataset…)` and `get(Dataset, …)`, but for selects inside `in_(…)`, which only narrow another."""
    narrowing = {id(inner) for call in _calls(tree, "in_", "not_in") for inner in _calls(call, "select")}
    selects = [call for call in _calls(tree, "select", "get", "get_one") if any(map(_is_selected, call.args))]
    return [call for call in selects if id(call) not in narrowing]


def _calls(tree: ast.AST, *names: str) -> list[ast.Call]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in found if getattr(call.func, "attr", getattr(call.func, "id", None)) in names]


def _is_selected(argument: ast.expr) -> bool:
    whole = argument.value if isinstance(argument, ast.Attribute) else argument
    return isinstance(whole, ast.Name) and whole.id in SELECTED


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_module_opens_with_its_duty(module: Module):
    duty = ast.get_docstring(module.tree) or ""
    assert duty, f"{module}: open with one sentence that says its duty"
    first = duty.split("\n\n")[0]
    assert first[0].isupper() or first[0] == "`", f"{module}: its duty is a sentence"
    assert first.endswith((".", ":")), f"{module}: its duty is a sentence"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_outgrows_its_room(module: Module):
    lines = module.text.count("\n")
    assert lines <= MOST_LINES, f"{module} has {lines} lines, over {MOST_LINES}: is there a second room inside?"
