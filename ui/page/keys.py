"""What the keys do on the page: scroll, move the caret, extend the selection, follow a link."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent

from ui.page.selection import Selection, word_stop
from ui.page.surface import Surface

Key = Qt.Key
CARET_KEYS = frozenset(
    {
        Key.Key_Left,
        Key.Key_Right,
        Key.Key_Up,
        Key.Key_Down,
        Key.Key_Home,
        Key.Key_End,
        Key.Key_PageUp,
        Key.Key_PageDown,
    }
)


def press(page: Surface, event: QKeyEvent) -> bool:
    """Handle one key; return whether it was ours."""
    key = Key(event.key())
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
        return False
    if key == Key.Key_Escape and (page.caret_shown or page.selection.span):
        page.caret_shown = False
        page.select(Selection(page.selection.caret, page.selection.caret))
        return True
    if key == Key.Key_Space:
        page.scroll_by((-1 if shift else 1) * page.viewport().height() * 0.9)
        return True
    if key in (Key.Key_Return, Key.Key_Enter) and not (shift or control):
        link = page.link_here() if page.caret_shown or page.selection.span else None
        return link is not None and page.follow(link)
    if key not in CARET_KEYS:
        return False
    sideways = key in (Key.Key_Left, Key.Key_Right)
    if not shift and not page.caret_shown and not sideways:
        _scroll(page, key, control=control)
        return True
    if not page.caret_shown and page.selection.span is None:
        _bring_caret(page)
    caret = _moved(page, key, control=control)
    page.select(page.selection.to(caret) if shift else Selection(caret, caret), caret=True)
    return True


def _scroll(page: Surface, key: Qt.Key, *, control: bool) -> None:
    height = page.viewport().height()
    line = page.typography.size * 3
    match key:
        case Key.Key_Up:
            page.scroll_by(-line)
        case Key.Key_Down:
            page.scroll_by(line)
        case Key.Key_PageUp:
            page.scroll_by(-height * 0.9)
        case Key.Key_PageDown:
            page.scroll_by(height * 0.9)
        case Key.Key_Home:
            page.verticalScrollBar().setValue(0)
        case Key.Key_End:
            page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())


def _bring_caret(page: Surface) -> None:
    """Put the caret where the eyes are: where it was if that is in view, else at the first visible line."""
    if not 0 <= page.caret_rect().top() <= page.viewport().height():
        offset = page.offset_at(QPointF(page.column.left, 12))
        page.selection = Selection(offset, offset)


def _moved(page: Surface, key: Qt.Key, *, control: bool) -> int:
    text, caret = page.document.text, page.selection.caret
    rect = page.caret_rect()
    middle = rect.center()
    match key:
        case Key.Key_Left | Key.Key_Right:
            forward = key == Key.Key_Right
            return (
                word_stop(text, caret, forward=forward)
                if control
                else page.sheet.step(caret, forward=forward)
            )
        case Key.Key_Up | Key.Key_Down if control:
            index = page.sheet.index_at(caret)
            block = page.sheet.blocks[index].span
            if key == Key.Key_Up:
                return block.start if caret > block.start else page.sheet.blocks[max(0, index - 1)].span.start
            return (
                page.sheet.blocks[min(len(page.sheet) - 1, index + 1)].span.start
                if caret < len(text)
                else caret
            )
        case Key.Key_Up | Key.Key_Down:
            return _vertical(page, rect, -1 if key == Key.Key_Up else 1, caret)
        case Key.Key_PageUp:
            return page.offset_at(middle - QPointF(0, page.viewport().height() * 0.9))
        case Key.Key_PageDown:
            return page.offset_at(middle + QPointF(0, page.viewport().height() * 0.9))
        case Key.Key_Home:
            return 0 if control else page.offset_at(QPointF(page.column.left - 1000, middle.y()))
        case _:
            return len(text) if control else page.offset_at(QPointF(page.column.left + 10_000, middle.y()))


def _vertical(page: Surface, rect: QRectF, way: int, caret: int) -> int:
    """Return the offset a line up or down; the gap between paragraphs may take more than one step."""
    middle, step = rect.center(), page.typography.size * 0.8
    beyond = max(0.0, rect.height() / 2 - page.typography.size)  # a picture is taller than a line
    for times in range(1, 12):
        found = page.offset_at(middle + QPointF(0, way * (beyond + step * times)))
        there = page.sheet.caret(found).center().y() - page.scroll_top
        if (there - middle.y()) * way > 2:
            return found
    # A cell may be many lines shorter than its row, which then ends here for the caret.
    following = page.sheet.index_at(caret) + way
    if not 0 <= following < len(page.sheet):
        return caret
    held = page.sheet.block(following)
    y = held.text_top + (step / 2 if way > 0 else held.text_height - step / 2)
    return held.offset_at(middle.x() - page.column.left, y)
