"""The house as its own tests read it: its modules, what they import, its files."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What tools leave behind or bring along; nothing in it is ours.
_NOT_OURS = {".git", ".venv", "node_modules", "instance", "dist", "build", "fonts", "htmlcov"}
_NOT_OURS |= {"__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis"}


@dataclass(frozen=True)
class Module:
    """One module of the program."""

    path: Path

    @cached_property
    def name(self) -> str:
        """As it is imported, such as `catalog.model.dataset`; a package is its `__init__`."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    @cached_property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its source, parsed."""
        return ast.parse(self.text)

    @cached_property
    def is_package(self) -> bool:
        """Whether other modules can lie in it."""
        return self.path.name == "__init__.py"

    def imported(self) -> Iterator[str]:
        """The modules that it imports by name, wherever in it the import stands."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    inside = f"{node.module}.{alias.name}"
                    yield inside if _is_module(inside) else node.module

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))


def modules() -> list[Module]:
    """Every module of the program, `app` included."""
    return [Module(path) for path in sorted([ROOT / "app.py", *(ROOT / "catalog").rglob("*.py")])]


def files() -> Iterator[Path]:
    """Every file that is ours."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.name in _NOT_OURS or path.name.endswith(".egg-info"):
                continue
            if path.is_dir():
                folders.append(path)
            elif not path.is_symlink():
                yield path


def _is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()
