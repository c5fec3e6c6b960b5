"""Prints the map of the house: each module with the sentence that is its duty (`make map`)."""

import ast

from tests.support.house import Module, modules


def drawn(module: Module) -> str:
    """One line of the map."""
    duty = (ast.get_docstring(module.tree) or "").split("\n\n")[0].replace("\n", " ")
    name = f"{module.path.parent.name}/" if module.is_package else module.path.name
    return f"{'  ' * module.name.count('.') + name:<24}{duty}"


if __name__ == "__main__":
    for module in sorted(modules(), key=lambda module: module.name):
        print(drawn(module))
