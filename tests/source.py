"""The source tree, as the tests about the code read it."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def tracked() -> tuple[Path, ...]:
    """Every file git tracks, and those it would."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in found if path.is_file())


@cache
def python_files() -> tuple[Path, ...]:
    return tuple(
        path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts
    )


@cache
def product_files() -> tuple[Path, ...]:
    """Python of the product, without its tests."""
    inside = ROOT / "regulars"
    return tuple(
        path for path in python_files() if inside in path.parents and "tests" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Names of the modules a file imports anywhere, as written."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(names)


def named(paths: list[Path]) -> str:
    return "\n".join(str(path.relative_to(ROOT)) for path in sorted(paths))
