"""The table of every action a reader can take; menus, shortcuts, palette and help are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.menus import for_once


def _(title: str) -> str:
    return str(QT_TRANSLATE_NOOP("Actions", title))


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action: its key, the menu it is in, its title, its shortcuts, and the icon's name.

    `on_page` marks one-key shortcuts, which work when the page has the focus, not while typing.
    """

    key: str
    group: str
    title: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    on_page: bool = False


FILE, EDIT, ANNOTATE, VIEW, GO, HELP = _("File"), _("Edit"), _("Annotate"), _("View"), _("Go"), _("Help")
GROUPS = (FILE, EDIT, ANNOTATE, VIEW, GO, HELP)

ACTIONS = (
    ActionRow("open", FILE, _("Open articles…"), ("Ctrl+O",), "open"),
    ActionRow("open_folder", FILE, _("Open a folder…"), ("Ctrl+Shift+O",)),
    ActionRow("watch", FILE, _("Watch a folder…")),
    ActionRow("choose_encoding", FILE, _("Choose encoding…")),
    ActionRow("extent", FILE, _("Show the whole page")),
    ActionRow("details", FILE, _("Edit details…"), ("Ctrl+I",), "edit"),
    ActionRow("put_away", FILE, _("Put this article away")),
    ActionRow("export", FILE, _("Export a report…"), ("E", "Ctrl+E"), "export", on_page=True),
    ActionRow("restore", FILE, _("Restore a backup…")),
    ActionRow("quit", FILE, _("Quit"), ("Ctrl+Q",)),
    ActionRow("undo", EDIT, _("Undo"), ("Ctrl+Z",)),
    ActionRow("redo", EDIT, _("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionRow("copy", EDIT, _("Copy"), ("Ctrl+C",), on_page=True),
    ActionRow("copy_citation", EDIT, _("Copy with citation"), ("Ctrl+Shift+C",)),
    ActionRow("copy_link", EDIT, _("Copy the link’s address")),
    ActionRow("select_all", EDIT, _("Select the whole article"), ("Ctrl+A",), on_page=True),
    ActionRow("find", EDIT, _("Find in the article"), ("Ctrl+F", "/"), "search", on_page=True),
    ActionRow("find_next", EDIT, _("Find the next one"), ("F3", "Ctrl+G")),
    ActionRow("find_previous", EDIT, _("Find the one before"), ("Shift+F3", "Ctrl+Shift+G")),
    ActionRow("search_library", EDIT, _("Search the library"), ("Ctrl+Shift+F",)),
    ActionRow("next_result", EDIT, _("Next place that was found in the library"), ("F4",)),
    ActionRow("previous_result", EDIT, _("Place found before in the library"), ("Shift+F4",)),
    ActionRow("keep_search", EDIT, _("Keep this search, or no longer")),
    ActionRow("highlight", ANNOTATE, _("Highlight the selection"), ("H",), on_page=True),
    ActionRow("yellow", ANNOTATE, _("Highlight in yellow"), ("1",), on_page=True),
    ActionRow("green", ANNOTATE, _("Highlight in green"), ("2",), on_page=True),
    ActionRow("blue", ANNOTATE, _("Highlight in blue"), ("3",), on_page=True),
    ActionRow("pink", ANNOTATE, _("Highlight in pink"), ("4",), on_page=True),
    ActionRow("orange", ANNOTATE, _("Highlight in orange"), ("5",), on_page=True),
    ActionRow("note", ANNOTATE, _("Write a note"), ("N",), "note", on_page=True),
    ActionRow("article_note", ANNOTATE, _("Note on this article…"), ("Shift+N",), on_page=True),
    ActionRow("tag", ANNOTATE, _("Add a tag"), ("T",), "tag", on_page=True),
    ActionRow("tag_article", ANNOTATE, _("Tag this article…"), ("Shift+T",), on_page=True),
    ActionRow("collect_article", ANNOTATE, _("Put this article into a collection…"), ("L",), on_page=True),
    ActionRow("mark_read", ANNOTATE, _("Mark this article as read or unread"), ("D",), on_page=True),
    ActionRow("correct", ANNOTATE, _("Correct a name or a quotation…"), ("X",), on_page=True),
    ActionRow("speaker", ANNOTATE, _("Say who said it…"), ("W",), on_page=True),
    ActionRow("remove", ANNOTATE, _("Remove the highlight"), ("Del",), on_page=True),
    ActionRow("names", VIEW, _("Show names"), ("Ctrl+1",), "names", checkable=True),
    ActionRow("quotes", VIEW, _("Show quotations"), ("Ctrl+2",), "quotes", checkable=True),
    ActionRow("highlights", VIEW, _("Show highlights and notes"), ("Ctrl+3",), "highlight", checkable=True),
    ActionRow("library_panel", VIEW, _("Show the library"), ("F9", "Ctrl+B"), "panel", checkable=True),
    ActionRow("findings_panel", VIEW, _("Show names, quotes and notes"), ("F10",), checkable=True),
    ActionRow("larger", VIEW, _("Larger text"), ("Ctrl++", "Ctrl+=")),
    ActionRow("smaller", VIEW, _("Smaller text"), ("Ctrl+-",)),
    ActionRow("normal_size", VIEW, _("Text in its normal size"), ("Ctrl+0",)),
    ActionRow("wider", VIEW, _("Longer lines"), ("Ctrl+Alt+=",)),
    ActionRow("narrower", VIEW, _("Shorter lines"), ("Ctrl+Alt+-",)),
    ActionRow("theme", VIEW, _("Light, sepia or dark"), ("Ctrl+D",), "theme"),
    ActionRow("models", VIEW, _("Languages and models…")),
    ActionRow("analyse_library", VIEW, _("Analyse the whole library while I read"), checkable=True),
    ActionRow("settings", VIEW, _("Settings"), ("Ctrl+,",)),
    ActionRow("full_screen", VIEW, _("Full screen"), ("F11",), checkable=True),
    ActionRow("back", GO, _("Back to where I was"), ("Alt+Left",), "back"),
    ActionRow("forward", GO, _("Forward again"), ("Alt+Right",), "forward"),
    ActionRow("contents", GO, _("Contents"), ("C",), on_page=True),
    ActionRow("go_to_page", GO, _("Go to a page…"), ("P",), on_page=True),
    ActionRow("next_document", GO, _("Next article in the library"), ("Ctrl+PgDown", "J"), on_page=True),
    ActionRow(
        "previous_document", GO, _("Previous article in the library"), ("Ctrl+PgUp", "K"), on_page=True
    ),
    ActionRow("next_mention", GO, _("Next mention of the name"), ("M",), on_page=True),
    ActionRow("previous_mention", GO, _("Previous mention of the name"), ("Shift+M",), on_page=True),
    ActionRow("next_quote", GO, _("Next quotation"), ("Q",), on_page=True),
    ActionRow("previous_quote", GO, _("Previous quotation"), ("Shift+Q",), on_page=True),
    ActionRow("next_highlight", GO, _("Next highlight"), ("]",), on_page=True),
    ActionRow("previous_highlight", GO, _("Previous highlight"), ("[",), on_page=True),
    ActionRow("names_tab", GO, _("Go to the names"), ("Alt+1",)),
    ActionRow("quotes_tab", GO, _("Go to the quotations"), ("Alt+2",)),
    ActionRow("notes_tab", GO, _("Go to the notes"), ("Alt+3",)),
    ActionRow("library", GO, _("The library as a table"), ("Ctrl+L",)),
    ActionRow("found_table", GO, _("What was found, as a table"), ("Ctrl+Shift+L",)),
    ActionRow("people", GO, _("People of the library"), ("Alt+4",)),
    ActionRow("person", GO, _("Show this person across the library"), ("Shift+W",), on_page=True),
    ActionRow("codebook", GO, _("Tags of the library"), ("Alt+5",)),
    ActionRow("corrections", GO, _("Corrections")),
    ActionRow("lost", GO, _("Lost highlights")),
    ActionRow("page", GO, _("Go to the page"), ("F6",)),
    ActionRow("palette", HELP, _("Everything you can do…"), ("Ctrl+K",)),
    ActionRow("welcome", HELP, _("Open the welcome article")),
    ActionRow("search_help", HELP, _("How to search")),
    ActionRow("shortcuts", HELP, _("Keys and actions"), ("F1",)),
    ActionRow("about", HELP, _("About Scholion")),
)


def translated(title: str) -> str:
    """Return a title of the table in the user's language."""
    return QCoreApplication.translate("Actions", title)


def shortcut_text(row: ActionRow) -> str:
    """Return the first shortcut as the system writes it."""
    if not row.shortcuts:
        return ""
    return QKeySequence(row.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)


def build_actions(
    window: QWidget, page: QWidget, handlers: Mapping[str, Callable[[], object]]
) -> dict[str, QAction]:
    """Make a QAction of every row and join it to its handler; a row without one is a mistake of ours."""
    made: dict[str, QAction] = {}
    for row in ACTIONS:
        action = QAction(translated(row.title), window)
        action.setObjectName(row.key)
        action.setCheckable(row.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in row.shortcuts])
        handler = handlers[row.key]
        action.triggered.connect(lambda _checked=False, handler=handler: handler())
        if row.on_page:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            page.addAction(action)
        else:
            window.addAction(action)
        made[row.key] = action
    return made


def fill_menu(menu: QMenu, actions: Mapping[str, QAction], extra: Mapping[str, Iterable[QMenu]]) -> None:
    """Put a submenu a group into `menu`; `extra` names further submenus of a group."""
    for group in GROUPS:
        part = menu.addMenu(translated(group))
        for row in ACTIONS:
            if row.group == group:
                part.addAction(actions[row.key])
                if row.key == "open_folder":
                    for further in extra.get(group, ()):
                        part.addMenu(further)


def context_menu(window: QWidget, actions: Mapping[str, QAction], *, on_link: bool) -> QMenu:
    """Make the menu of the place that was pointed at; it is gone when it is closed."""
    menu = for_once(QMenu(window))
    for key in ("highlight", "note", "tag", "copy", "copy_citation", "copy_link", "remove", "find"):
        if key != "copy_link" or on_link:
            menu.addAction(actions[key])
    return menu


def set_icons(actions: Mapping[str, QAction], icon_of: Callable[[str], QIcon]) -> None:
    """Give the actions their icons in the present theme."""
    for row in ACTIONS:
        if row.icon:
            actions[row.key].setIcon(icon_of(row.icon))
