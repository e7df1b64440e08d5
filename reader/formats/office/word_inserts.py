"""What a Word document shows from parts of its own: charts, diagrams, whole pages. Fetches nothing."""

from __future__ import annotations

from collections.abc import Iterable
from email import message_from_bytes, policy
from itertools import islice

from reader.document import BlockKind
from reader.formats import plain
from reader.formats.office.flow import Flow, Shape
from reader.formats.web import page
from reader.formats.xml import Element, local

# Of a chart: rows and columns that a person would read.
_MOST_ROWS, _MOST_SERIES = 200, 12
_MOST_MAIL_PARTS = 50


def add_chart(flow: Flow, root: Element) -> None:
    """Add a chart as its title and the table of what it shows."""
    flow.begin_box()
    title = next((each for each in root.iter() if local(each) == "title"), None)
    if title is not None:
        flow.begin()
        flow.write("".join(_texts(title)))
        flow.end(Shape(BlockKind.CAPTION))
    series = [each for each in root.iter() if local(each) == "ser"][:_MOST_SERIES]
    columns = [(_points(each, ("tx",)), _points(each, ("val", "yVal"))) for each in series]
    rows = _points(series[0], ("cat", "xVal")) if series else {}
    if any(names for names, _ in columns):
        _add_row(flow, ["", *(names.get(0, "") for names, _ in columns)])
    known = {index for _, values in columns for index in values} | rows.keys()
    for index in sorted(known)[:_MOST_ROWS]:
        _add_row(flow, [rows.get(index, ""), *(values.get(index, "") for _, values in columns)])
    flow.end_box()


def add_diagram(flow: Flow, root: Element) -> None:
    """Add the words of a diagram, one paragraph for each of its shapes."""
    flow.begin_box()
    for each in root.iter():
        if local(each) == "p":
            flow.begin()
            flow.write("".join(_texts(each)))
            flow.end()
    flow.end_box()


def add_page(flow: Flow, data: bytes, member: str) -> bool:
    """Add a page or a text that was put into the document; tell whether it could be read."""
    suffix = member.rpartition(".")[2].lower()
    if suffix in ("mht", "mhtml"):
        found = _inner(data)
        if found is None:
            return False
        data, suffix = found
    if suffix not in ("html", "htm", "xhtml", "txt"):
        return False
    flow.insert(plain.load(data) if suffix == "txt" else page.load(data))
    return True


def _inner(data: bytes) -> tuple[bytes, str] | None:
    """Return the page or the text of a page that was saved as a mail, and which of them it is."""
    try:
        for part in islice(message_from_bytes(data, policy=policy.compat32).walk(), _MOST_MAIL_PARTS):
            payload = part.get_payload(decode=True)
            if part.get_content_maintype() == "text" and isinstance(payload, bytes):
                return payload, "txt" if part.get_content_subtype() == "plain" else "html"
    except (RecursionError, LookupError, ValueError):
        return None  # nested or damaged beyond reading: told as not shown
    return None


def _texts(element: Element) -> Iterable[str]:
    return (each.text or "" for each in element.iter() if local(each) in ("t", "v"))


def _points(series: Element, names: tuple[str, ...]) -> dict[int, str]:
    """Return the values that are kept of a part of a series, by their places."""
    part = next((each for each in series if local(each) in names), None)
    found: dict[int, str] = {}
    for each in part.iter() if part is not None else ():
        if local(each) == "pt":
            index = each.get("idx", "")
            if index.isdecimal() and len(index) < 7:
                found.setdefault(int(index), "".join(_texts(each)))
        elif local(each) == "v" and not found and local(each.getparent()) in names:
            found[0] = each.text or ""
    return found


def _add_row(flow: Flow, cells: list[str]) -> None:
    flow.begin_row()
    for cell in cells:
        flow.begin_cell()
        flow.write(cell)
        flow.end_cell()
    flow.end_row()
