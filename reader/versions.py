"""What is installed: names and versions for ``--version`` and the about box. Imports nothing heavy."""

from __future__ import annotations

import platform
import tomllib
from importlib import metadata
from pathlib import Path


def versions() -> list[tuple[str, str]]:
    """Return (what, version) of the application and of what it stands on; "not installed" if it is not."""
    import sqlite3

    from reader.analysis import model_version

    return [
        ("Scholion", _own()),
        ("Python", platform.python_version()),
        ("Qt", _installed("PySide6-Essentials")),
        ("spaCy", _installed("spacy")),
        ("Model", model_version() or "not installed"),
        ("SQLite", sqlite3.sqlite_version),
    ]


def _own() -> str:
    """The version that is installed or, in a checkout that is not, the one to be built."""
    checkout = Path(__file__).resolve().parents[1] / "pyproject.toml"
    if _installed("scholion") != "not installed" or not checkout.is_file():
        return _installed("scholion")
    version: str = tomllib.loads(checkout.read_text(encoding="utf-8"))["project"]["version"]
    return version


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
