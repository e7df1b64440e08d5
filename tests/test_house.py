"""The rules of the house: who may import whom, no cycles, no long files, and nothing heavy at the start."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted([ROOT / "main.py", *(ROOT / "reader").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
ROOMS = ("formats", "analysis", "aligning", "anchoring", "library", "reports")
GROUND = {
    "reader.document",
    "reader.model",
    "reader.lists",
    "reader.errors",
    "reader.text",
    "reader.atomic",
    "reader",
}
MOST_LINES = 440


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path for path in SOURCES}


@cache
def imported(module: str, *, at_import: bool = False) -> frozenset[str]:
    """Return the modules of the house that a module imports; `at_import`: only those outside functions."""
    found: set[str] = set()

    def walk(node: ast.AST) -> None:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and at_import:
            return
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and at_import:
            return
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # What is imported from a package may be one of its modules.
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in MODULES else node.module)
        for child in ast.iter_child_nodes(node):
            walk(child)

    walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
    return frozenset(found)


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "reader" and parts[1] in ROOMS else None


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    inside = {name for name in imported(module) if name.split(".")[0] in ("main", "ui", "reader")}
    if module.startswith("ui"):
        assert "main" not in inside
    if not module.startswith("reader"):
        return
    assert not {name for name in inside if not name.startswith("reader")}
    assert not {name for name in imported(module) if name.split(".")[0] == "PySide6"}
    if room := room_of(module):
        outside = {name for name in inside if room_of(name) != room}
        # The model's own files lie with the program's resources.
        assert outside <= GROUND | {"reader.paths"}
        assert not {
            name for name in imported(module) if name.split(".")[0] == "sqlite_utils" and room != "library"
        }


def test_there_are_no_cycles() -> None:
    done: set[str] = set()

    def visit(module: str, on_the_way: tuple[str, ...]) -> None:
        assert module not in on_the_way, " -> ".join((*on_the_way, module))
        if module not in done:
            for name in imported(module, at_import=True) & MODULES.keys():
                visit(name, (*on_the_way, module))
            done.add(module)

    for module in MODULES:
        visit(module, ())


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_short_and_says_what_it_is(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", "?"))


@pytest.mark.parametrize(
    ("program", "absent"),
    [
        ("import main", {"PySide6", "spacy", "sqlite_utils", "numpy", "lxml", "reader.commands.reading"}),
        (
            "import reader.model, reader.errors, reader.text, reader.paths, reader.settings",
            {"spacy", "numpy", "lxml"},
        ),
        ("from reader.versions import versions; versions()", {"PySide6", "spacy", "sqlite_utils", "numpy"}),
        ("import reader.commands.reading, reader.intake", {"PySide6", "spacy"}),
        ("import reader.reports.citation", {"PySide6", "spacy", "sqlite_utils", "numpy"}),
    ],
)
def test_nothing_heavy_comes_along(program: str, absent: set[str]) -> None:
    command = f"{program}\nimport sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not absent & set(loaded.stdout.split())
