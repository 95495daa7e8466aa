"""The architecture: imports run one way, start-up imports little, and the top level holds only what it must."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ALLOWED_AT_THE_TOP = (
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "pyproject.toml",
    "requirements*.lock",
    "screens",
    "store",
    "tests",
    "tui",
)

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

IMPORT_AND_LIST = """
import importlib, pkgutil, sys

package = importlib.import_module(sys.argv[1])
if hasattr(package, "__path__"):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
print(*sys.modules, sep="\\n")
"""


def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter at the top of the repository."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def modules_after_importing(name: str) -> set[str]:
    """All modules that a fresh interpreter has loaded after importing a module and everything inside it."""
    done = run_python(IMPORT_AND_LIST, name)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_import_contracts_hold() -> None:
    done = run_python(LINT_IMPORTS, "--no-cache", "--no-logo")
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_of_the_store_loads_a_screen() -> None:
    loaded = modules_after_importing("store")
    files = {path for path in (ROOT / "store").rglob("*.py") if path.name != "__init__.py"}
    expected = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files}
    assert expected
    assert expected <= loaded, "a module of store was not imported"
    assert not loaded & {"textual", "rich", "click", "screens", "tui"}


@pytest.mark.parametrize("heavy", ["textual", "plotext", "pydantic"])
def test_the_command_line_is_parsed_before_anything_heavy_is_loaded(heavy: str) -> None:
    loaded = modules_after_importing("tui.cli")
    assert "tui.cli" in loaded
    assert heavy not in loaded


def test_no_screen_opens_a_file() -> None:
    sources = sorted((ROOT / "screens").rglob("*.py"))
    assert sources
    opened = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]
    assert not opened


KEY = re.compile(r"\b(?:F\d{1,2}|Ctrl\+|Tab\b|Enter\b|Escape\b|Up (?:brings|mends))")

NO_KEYS = ("store", "tui/commands")
"""Where nobody knows the keys: what these say is read on the command line and by other front ends too."""


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a source file with their lines, but for docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


def test_what_holds_on_any_front_end_names_no_key() -> None:
    sources = [path for folder in NO_KEYS for path in sorted((ROOT / folder).rglob("*.py"))]
    assert sources
    named = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sources
        for line, text in sentences(path)
        if KEY.search(text)
    ]
    assert not named


def test_the_top_level_holds_only_what_it_must() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so the tracked files are unknown")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = {path.split("/")[0] for path in listing.stdout.split("\0") if path}
    assert "pyproject.toml" in names, "nothing is committed yet"
    strays = {name for name in names if not any(fnmatch(name, allowed) for allowed in ALLOWED_AT_THE_TOP)}
    assert not strays
