"""What a person prefers, kept in a TOML file they may edit by hand. Holds no documents and no notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from reader.errors import SettingsError
from reader.text import one_line

MOST_RECENT = 12
_FORGIVEN = "The usual value is used instead; correct or delete the line in settings.toml."


@dataclass(frozen=True, slots=True)
class Settings:
    """Every preference, with its usual value.

    `theme` is system, light, sepia or dark; `text_scale` 1.0 for the usual size; `measure` the length of
    a line in characters; `geometry` the window's, in base 64; `splitter` the widths of the three columns
    in pixels; `recent` files, the latest first; `last_document` its number in the library; `colour` that
    of the next highlight; `model` the name or the folder of another one than the model that ships, or "".
    `library_columns` are the columns of the library's table in their order ("title:320"), `library_order`
    what it is sorted by ("added:down" or "added:up"), `library_group` by what it is grouped; of
    `folded_shelves` ("collections", "tags") the headings alone are seen.
    `analyse_library` has all articles analysed, not the open one alone; `watched` are folders whose articles
    are taken in as they come. `library` is the folder that was chosen for the library, or "";
    `remember_library` alone writes it, so that a window that knows an older one does not write that again.
    `warnings` are whole sentences on what the file said that could not be used; they are not saved.
    """

    theme: str = field(default="system", metadata={"of": ("system", "light", "sepia", "dark")})
    text_scale: float = field(default=1.0, metadata={"range": (0.5, 4.0)})
    measure: int = field(default=68, metadata={"range": (20, 200)})
    show_names: bool = True
    show_quotes: bool = True
    show_highlights: bool = True
    left_panel: bool = True
    right_panel: bool = True
    right_tab: str = "names"
    geometry: str = ""
    splitter: tuple[int, ...] = ()
    recent: tuple[str, ...] = ()
    last_document: int | None = None
    colour: str = field(default="yellow", metadata={"of": ("yellow", "green", "blue", "pink", "orange")})
    model: str = ""
    library_columns: tuple[str, ...] = ()
    library_order: str = ""
    library_group: str = ""
    folded_shelves: tuple[str, ...] = ()
    analyse_library: bool = True
    watched: tuple[str, ...] = ()
    library: str = field(default="", metadata={"apart": True})
    warnings: tuple[str, ...] = field(default=(), compare=False, metadata={"saved": False})


def load_settings(path: Path) -> Settings:
    """Read the settings; the usual ones when there is no file.

    A value that can't be used is replaced by the usual one, with a sentence in `warnings`. A file that
    can't be read at all is a `SettingsError`: go on with ``Settings()`` then.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(
            "Your settings could not be read, so the usual ones are used.",
            f"Check the permissions of settings.toml ({_reason(error)}).",
        ) from error
    import tomllib  # only when there is something to read: the window is waiting

    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(
            f"Your settings file is not valid ({one_line(str(error))}), so the usual settings are used.",
            "Correct settings.toml or delete it; it is kept as settings.toml.unread when settings are saved.",
        ) from error
    return _from_table(table)


def _from_table(table: Mapping[str, Any]) -> Settings:
    values: dict[str, Any] = {}
    warnings: list[str] = []
    for each in _saved():
        if each.name not in table:
            continue
        value = _fitting(each, table[each.name])
        if value is None:
            warnings.append(f"The setting “{each.name}” has a value that can't be used. {_FORGIVEN}")
        else:
            values[each.name] = value
    return replace(Settings(**values), warnings=tuple(warnings))


def _saved() -> list[Any]:
    return [each for each in fields(Settings) if each.metadata.get("saved", True)]


def _fitting(setting: Any, value: object) -> object:
    """Return the value in the type of the setting, or None when it does not fit."""
    if isinstance(setting.default, float) and type(value) is int:
        value = float(value)
    if setting.name == "last_document":
        return value if type(value) is int and value > 0 else None
    if isinstance(setting.default, tuple):
        kind = int if setting.name == "splitter" else str
        if not isinstance(value, list) or any(type(item) is not kind for item in value):
            return None
        return tuple(value)[:MOST_RECENT] if setting.name == "recent" else tuple(value)
    if type(value) is not type(setting.default):
        return None
    allowed, limits = setting.metadata.get("of"), setting.metadata.get("range")
    if allowed and value not in allowed:
        return None
    if limits and not limits[0] <= value <= limits[1]:
        return None
    return value


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings; comments and keys unknown here stay as they are in the file.

    The file is written beside its place and renamed, so that it is whole at every moment. What can't be
    written is a `SettingsError`.
    """
    _save(
        path, {each.name: getattr(settings, each.name) for each in _saved() if "apart" not in each.metadata}
    )


def remember_library(path: Path, folder: str) -> None:
    """Write which folder was chosen for the library, "" for none; all else stays as it is in the file."""
    _save(path, {"library": folder})


def _save(path: Path, values: Mapping[str, object]) -> None:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    from reader.atomic import write_whole

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            document = tomlkit.parse(path.read_bytes().decode("utf-8-sig"))
        except FileNotFoundError:
            document = tomlkit.document()
        except (UnicodeDecodeError, TOMLKitError):
            path.replace(path.with_name(path.name + ".unread"))
            document = tomlkit.document()
        for name, value in values.items():
            if value is None:
                document.pop(name, None)
            elif name not in document or document[name] != _plain(value):
                document[name] = _plain(value)
        write_whole(path, tomlkit.dumps(document).encode("utf-8", "replace"))
    except OSError as error:
        raise SettingsError(
            f"Your settings could not be saved ({_reason(error)}).",
            "They hold until you quit. Check the space on the disk and the permissions of its folder.",
        ) from error


def _reason(error: OSError) -> str:
    return one_line(error.strerror or "no reason given").lower()


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value
