"""The floors of the house: who imports whom, where lists begin, what a module says of itself."""

import ast
import re

from tests.support.house import Module, modules

MODULES = modules()
# A module imports from its own room and from lower floors; rooms on one floor are strangers to each other.
FLOORS = (
    ("settings", "errors", "clock", "json", "memory", "headers"),
    ("db", "vocabulary", "keeping"),
    ("model",),
    ("audiences",),
    ("access",),
    ("search",),
    ("listing", "changes", "tally", "migrating"),
    ("identity", "harvest"),
    ("demo",),
    ("pages", "dialects", "ops", "cli"),
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
DIALECTS = ("gfw", "apify", "org")
# Who may import from a room beside its own, and why.
NEIGHBORS = {
    ("catalog.dialects.wire", "catalog.ops.limits"): "each request of a script is counted where it comes in",
    ("catalog.dialects.wire", "catalog.ops.packing"): "a list that is sent while it is read is packed piece by piece",
}
# Datasets and what is in them are selected by `visible_…`; these rooms do it themselves, and why.
SELECTING = {
    "catalog.access": "it is where lists begin",
    "catalog.audiences": "whom a dataset reaches is asked whoever asks, and told to nobody",
    "catalog.search": "the index holds everything; what it finds is selected by `visible_…` before anybody sees it",
    "catalog.changes": "a verb holds what it changes whoever may see it, after it has asked access",
}
SELECTED = {"Dataset", "Version", "Asset"}
MOST_LINES = 300


def room_of(name: str) -> str | None:
    """The room of a module, the first part of its name below `catalog`; None for `app` and the map itself."""
    return name.split(".")[1] if name.startswith("catalog.") else None


def is_in(name: str, room: str) -> bool:
    """Whether a module lies in a package, or is it."""
    return name == room or name.startswith(f"{room}.")


def test_every_room_has_a_floor():
    rooms = {room_of(module.name) for module in MODULES} - {None}
    assert rooms - FLOOR_OF.keys() == set(), "give the new room a floor in FLOORS and in catalog/__init__.py"
    assert FLOOR_OF.keys() - rooms == set(), "FLOORS names a room that does not exist"


def test_imports_run_downhill():
    climbing = [
        f"{module} imports {name}" for module in MODULES for name in module.imported() if is_climb(module, name)
    ]
    assert climbing == [], "a module imports from its own room and from lower floors"


def is_climb(module: Module, name: str) -> bool:
    """Whether importing `name` leads up, or into a strange room on the same floor."""
    room, other = room_of(module.name), room_of(name)
    if room is None or (module.name, name) in NEIGHBORS:
        return False
    if other is None:
        return name.split(".")[0] == "app"
    return other != room and FLOOR_OF[other] >= FLOOR_OF[room]


def test_every_leave_to_import_a_neighbor_is_used():
    imports = {(module.name, name) for module in MODULES for name in module.imported()}
    assert NEIGHBORS.keys() - imports == set(), "this leave is not needed any more: take it out of NEIGHBORS"


def test_imports_name_what_they_take():
    odd = [
        f"{module}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.ImportFrom) and node.level)
        or (
            isinstance(node, ast.Import) and any(alias.name.split(".")[0] in ("catalog", "app") for alias in node.names)
        )
    ]
    assert odd == [], "write `from catalog.room import name`"


def test_dialects_are_strangers_to_each_other():
    rooms = {f"catalog.dialects.{dialect}" for dialect in DIALECTS}
    met = [
        f"{module} imports {name}"
        for own in rooms
        for module in MODULES
        if is_in(module.name, own)
        for name in module.imported()
        if any(is_in(name, other) for other in {*rooms, "catalog.dialects.front_desk"} - {own})
    ]
    assert met == [], "what two dialects share belongs into catalog/dialects/wire.py"


def test_what_dialects_share_knows_none_of_them():
    wire = next(module for module in MODULES if module.name == "catalog.dialects.wire")
    assert [name for name in wire.imported() if is_in(name, "catalog.dialects")] == []


def test_every_list_begins_in_access():
    begun = [
        f"{module}:{call.lineno}"
        for module in MODULES
        if not any(is_in(module.name, room) for room in SELECTING)
        for call in selects(module.tree)
    ]
    assert begun == [], "begin with visible_datasets, visible_versions or visible_assets"


def test_every_leave_to_select_is_used():
    using = {room for room in SELECTING for module in MODULES if is_in(module.name, room) and selects(module.tree)}
    assert SELECTING.keys() - using == set(), "this leave is not needed any more: take it out of SELECTING"


def selects(tree: ast.AST) -> list[ast.Call]:
    """Each `select(Dataset…)` and `get(Dataset, …)`, but for selects inside `in_(…)`, which only narrow another."""
    narrowing = {id(inner) for call in calls(tree, "in_", "not_in") for inner in calls(call, "select")}
    found = [call for call in calls(tree, "select", "get", "get_one") if any(map(is_selected, call.args))]
    return [call for call in found if id(call) not in narrowing]


def calls(tree: ast.AST, *names: str) -> list[ast.Call]:
    """Each call of a function or method of these names."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in found if getattr(call.func, "attr", getattr(call.func, "id", None)) in names]


def is_selected(argument: ast.expr) -> bool:
    """Whether this is one of the guarded tables, or a column of one."""
    whole = argument.value if isinstance(argument, ast.Attribute) else argument
    return isinstance(whole, ast.Name) and whole.id in SELECTED


def test_every_module_opens_with_its_duty():
    duties = {str(module): (ast.get_docstring(module.tree) or "").split("\n\n")[0] for module in MODULES}
    odd = {name: duty for name, duty in duties.items() if not re.fullmatch(r"[A-Z`].*[.:]", duty, re.S)}
    assert odd == {}, "open with one sentence that says what the module is for"


def test_no_module_outgrows_its_room():
    lines = {str(module): module.text.count("\n") for module in MODULES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}, "is there a second room inside?"
