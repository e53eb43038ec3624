"""The page about the training core names functions and tests that exist."""

import ast
import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
ROWS = [
    line.split("|")[1:-1]
    for line in (PROJECT / "docs/training-core.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "`" in line
]


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def defined() -> set[str]:
    """Every class, method and function of the two layers: `Class`, `Class.method`, `module.function`."""
    names: set[str] = set()
    for path in (*PROJECT.glob("training/**/*.py"), *PROJECT.glob("storage/**/*.py")):
        module = path.parent.name if path.stem == "__init__" else path.stem
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                methods = (each.name for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
                names |= {node.name, *(f"{node.name}.{method}" for method in methods)}
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(f"{module}.{node.name}")
            elif isinstance(node, ast.ImportFrom):
                names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def test_every_function_on_the_page_exists() -> None:
    assert len(ROWS) > 60
    assert {name for _, functions, _ in ROWS for name in named(functions)} - defined() == set()


def test_every_test_on_the_page_exists() -> None:
    for _, _, tests in ROWS:
        (test,) = named(tests)
        path, _, name = test.partition("::")
        file = PROJECT / (path if "/" in path else f"tests/training/{path}")
        assert re.search(rf"^(async )?def {name}\(", file.read_text(encoding="utf-8"), re.MULTILINE), test
