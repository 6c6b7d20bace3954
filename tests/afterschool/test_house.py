"""The house has no knots: no two files import each other, however far round, and an import inside a function says why."""

import ast
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MOST_LOCAL = 20


def modules():
    """{dotted name: path} of every file of our own apps and the wiring, migrations aside."""
    ours = ["afterschool", *(one.name for one in apps.get_app_configs() if Path(one.path).parent == ROOT)]
    found = {}
    for app in ours:
        for path in (ROOT / app).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(tree, names):
    """(node, name of a file of ours, whether inside a function) of each import that runs; those for types alone do not."""

    def walk(node, inside):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, ast.Import):
                yield from ((child, alias.name, inside) for alias in child.names if alias.name in names)
            elif isinstance(child, ast.ImportFrom):
                for alias in child.names:
                    whole = f"{child.module}.{alias.name}"
                    if (name := whole if whole in names else child.module) in names:
                        yield child, name, inside
            else:
                yield from walk(child, inside or isinstance(child, ast.FunctionDef))

    return walk(tree, False)


def test_no_file_imports_itself_by_way_of_others():
    found = modules()
    left = {
        name: {to for _node, to, _in in imports(ast.parse(path.read_text()), found)} for name, path in found.items()
    }
    # What imports nothing that is left cannot be part of a circle: it goes, until only circles are left.
    while free := {name for name, to in left.items() if not (to - {name}) & left.keys()}:
        left = {name: to for name, to in left.items() if name not in free}
    assert sorted(left) == []


def test_an_import_inside_a_function_says_why():
    found, unsaid, local = modules(), [], 0
    for path in found.values():
        lines = path.read_text().splitlines()
        for node, _name, inside in imports(ast.parse("\n".join(lines)), found):
            if inside:
                local += 1
                if "#" not in lines[node.lineno - 1]:
                    unsaid.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert unsaid == []
    assert local <= MOST_LOCAL


def test_states_are_named_by_their_choices():
    """Outside of Meta, where a class body cannot reach its own choices, no lookup or row spells a state as text."""
    found = []
    for path in modules().values():
        tree = ast.parse(path.read_text())
        inside_meta = {
            id(n)
            for meta in ast.walk(tree)
            if isinstance(meta, ast.ClassDef) and meta.name == "Meta"
            for n in ast.walk(meta)
        }
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and id(n) not in inside_meta):
            for keyword in call.keywords:
                name = (keyword.arg or "").rsplit("__", 1)[-1]
                if (
                    name in ("status", "state")
                    and isinstance(keyword.value, ast.Constant)
                    and isinstance(keyword.value.value, str)
                ):
                    found.append(
                        f"{path.relative_to(ROOT)}:{keyword.value.lineno} {keyword.arg}={keyword.value.value!r}"
                    )
    assert found == []
