"""Keeping the library in order: what a person does with documents, collections and tags, each as one Change.

Every function reads what is stored and returns the change that is to be applied, or None when it is so
already; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from reader.errors import ReaderError
from reader.library import Library
from reader.lists import moved, under
from reader.model import (
    Change,
    Collection,
    Details,
    Highlight,
    Membership,
    Note,
    ReadingState,
    Record,
    Tag,
    now,
)
from reader.text import one_line

Named = Tag | Collection
Carrier = Highlight | Note | Details


class NameTaken(ReaderError):
    """Another tag or collection has the name; `name` is how it is written there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The name “{name}” is taken already.", "Choose another name.")
        self.name = name


class NameWanting(ReaderError):
    """Nothing is left of a name when what can't be in one is taken away."""

    def __init__(self) -> None:
        super().__init__("That is no name.", "Write a name with at least one letter or digit.")


def tidy(name: str) -> str:
    """Return a name as it is kept: on one line, no empty parts between the slashes, "" for none."""
    parts = (one_line(part).lstrip("#").strip() for part in name.split("/"))
    return "/".join(part for part in parts if part)


def _needed(name: str) -> str:
    wanted = tidy(name)
    if not wanted:
        raise NameWanting
    return wanted


# ---------------------------------------------------------------- documents as a whole


def _revised(
    library: Library, ids: Sequence[int], action: str, revise: Callable[[Details], Details]
) -> Change | None:
    """Return the change of what is said of documents; where nothing is said any more there is no record."""
    held = library.details_of(ids)
    before: list[Record] = []
    after: list[Record] = []
    for id in dict.fromkeys(ids):
        present = held.get(id) or Details(id)
        wanted = revise(present)
        if wanted == present:
            continue
        if id in held:
            before.append(present)
        if not wanted.says_nothing:
            after.append(replace(wanted, updated=now()))
    return Change(action, tuple(before), tuple(after)) if before or after else None


def set_state(
    library: Library, ids: Sequence[int], state: ReadingState | None, *, action: str
) -> Change | None:
    """Say how far one is with documents; None leaves it to what was read."""
    return _revised(library, ids, action, lambda held: replace(held, state=state))


def tag(
    library: Library, ids: Sequence[int], *, add: Iterable[str] = (), remove: Iterable[str] = (), action: str
) -> Change | None:
    """Give documents tags, and take others from them; names are one without regard to case."""
    given, gone = list(add), list(remove)
    return _revised(library, ids, action, lambda held: _tagged(held, given, gone))


def file_under(
    library: Library,
    ids: Sequence[int],
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    state: ReadingState | None,
    action: str,
) -> Change | None:
    """Give documents tags and a state as one change."""
    given, gone = list(add), list(remove)
    return _revised(library, ids, action, lambda held: replace(_tagged(held, given, gone), state=state))


def _tagged(held: Details, add: Iterable[str], remove: Iterable[str]) -> Details:
    gone = {name.casefold() for name in remove}
    kept = {name.casefold(): name for name in held.tags if name.casefold() not in gone}
    for name in map(tidy, add):
        if name and name.casefold() not in gone:
            kept.setdefault(name.casefold(), name)
    return replace(held, tags=tuple(kept.values()))


def put_away(library: Library, ids: Sequence[int], *, action: str) -> Change | None:
    """Put documents away; nothing of them is lost."""
    moment = now()
    return _revised(
        library, ids, action, lambda held: held if held.removed else replace(held, removed=moment)
    )


def put_back(library: Library, ids: Sequence[int], *, action: str) -> Change | None:
    """Have documents that were put away in the library again."""
    return _revised(library, ids, action, lambda held: replace(held, removed=""))


def edit(
    library: Library, ids: Sequence[int], said: Mapping[str, str | None], *, action: str
) -> Change | None:
    """Say the same of several documents, by the name of the field in `Metadata`; None: the file is right."""
    return _revised(library, ids, action, lambda held: replace(held, **said))  # type: ignore[arg-type]


# ---------------------------------------------------------------- collections


def _collections(library: Library) -> dict[str, Collection]:
    return {each.name.casefold(): each for each in library.named()[1]}


def new_collection(library: Library, name: str, *, action: str) -> Change:
    """Make a collection, and those it is in where they are wanting."""
    wanted = _needed(name)
    known = _collections(library)
    if wanted.casefold() in known:
        raise NameTaken(known[wanted.casefold()].name)
    return Change(action, after=tuple(_made(wanted, known)))


def _made(name: str, known: Mapping[str, Collection]) -> list[Collection]:
    """Return the collections that are wanting, the outermost first."""
    parts = name.split("/")
    paths = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
    return [Collection(path) for path in paths if path.casefold() not in known]


def put_into(library: Library, ids: Sequence[int], name: str, *, action: str) -> Change | None:
    """Put documents into the collection of a name, which is made where it is wanting."""
    wanted = _needed(name)
    known = _collections(library)
    made = _made(wanted, known)
    target = known.get(wanted.casefold()) or made[-1]
    inside = {each.document_id for each in library.memberships(ids) if each.collection_id == target.id}
    added = [Membership(target.id, id) for id in dict.fromkeys(ids) if id not in inside]
    return Change(action, after=(*made, *added)) if added or made else None


def take_out(library: Library, ids: Sequence[int], name: str, *, action: str) -> Change | None:
    """Take documents out of a collection and out of those inside it."""
    within = {each.id for each in _collections(library).values() if under(each.name, name)}
    gone = tuple(each for each in library.memberships(ids) if each.collection_id in within)
    return Change(action, before=gone) if gone else None


def rename_collection(library: Library, name: str, wanted: str, *, action: str) -> Change | None:
    """Call a collection otherwise; those inside it come along."""
    return _renamed(list(_collections(library).values()), name, wanted, action)


def describe_collection(library: Library, name: str, description: str, *, action: str) -> Change | None:
    """Say what a collection is for, on one line; "" for nothing."""
    held = _collections(library).get(name.casefold())
    if held is None:
        return None
    new = replace(held, description=one_line(description).strip())
    return Change(action, (held,), (new,)) if new != held else None


def delete_collection(library: Library, name: str, *, action: str) -> Change | None:
    """Take a collection away with those inside it; their documents stay in the library."""
    gone = [each for each in _collections(library).values() if under(each.name, name)]
    return Change(action, before=(*gone, *library.inside(gone))) if gone else None


# ---------------------------------------------------------------- the codebook


def _tags(library: Library) -> list[Tag]:
    return library.named()[0]


def new_tag(library: Library, name: str, *, action: str) -> Change:
    """Put a word into the codebook that nothing has yet."""
    wanted = _needed(name)
    known = {each.name.casefold(): each for each in _tags(library)}
    if wanted.casefold() in known:
        raise NameTaken(known[wanted.casefold()].name)
    return Change(action, after=(Tag(wanted),))


def edit_tag(library: Library, wanted: Tag, *, action: str) -> Change | None:
    """Give a tag another colour or description; its name stays what is stored."""
    held = next((each for each in _tags(library) if each.id == wanted.id), None)
    if held is None:
        return None
    new = replace(wanted, name=held.name)
    return Change(action, (held,), (new,)) if new != held else None


def rename_tag(library: Library, name: str, wanted: str, *, action: str) -> Change | None:
    """Call a tag otherwise, wherever it is used; those under it come along."""
    return _renamed(_tags(library), name, wanted, action)


def merge_tags(library: Library, name: str, into: str, *, action: str) -> Change | None:
    """Let one tag be another: all that has it has the other, once; those under it come along.

    One under it that the other has too becomes that, and else it moves there.
    """
    target = _needed(into)
    if under(target, name):
        return None
    tags = _tags(library)
    known = {each.name.casefold(): each for each in tags}
    lost: list[Tag] = []
    renamed: list[Tag] = []
    gone: list[Tag] = []
    called: dict[str, str] = {}  # from now on, by the folded name
    for each in (each for each in tags if under(each.name, name)):
        new = moved(each.name, name, target)
        other = known.get(new.casefold())
        lost.append(each)
        called[each.name.casefold()] = other.name if other else new
        if other is None:
            renamed.append(replace(each, name=new))
        else:
            gone.append(each)
    if not lost:
        return None
    carriers = library.carriers(gone)
    after = [_retagged(each, lambda tag: called.get(tag.casefold(), tag)) for each in carriers]
    return Change(action, (*lost, *carriers), (*renamed, *after))


def delete_tag(library: Library, name: str, *, action: str) -> Change | None:
    """Take a tag out of the codebook, with those under it, and from all that has them."""
    gone = [each for each in _tags(library) if under(each.name, name)]
    carriers = library.carriers(gone)
    after = [_retagged(each, lambda tag: "" if under(tag, name) else tag) for each in carriers]
    kept = [each for each in after if not (isinstance(each, Details) and each.says_nothing)]
    return Change(action, (*gone, *carriers), tuple(kept)) if gone else None


def _retagged(record: Carrier, called: Callable[[str], str]) -> Carrier:
    """Return a record with its tags called otherwise, each once; "" is a tag it no longer has."""
    names: dict[str, str] = {}
    for tag in record.tags:
        if name := called(tag):
            names.setdefault(name.casefold(), name)
    return replace(record, tags=tuple(names.values()))


def _renamed(known: Sequence[Named], name: str, wanted: str, action: str) -> Change | None:
    """Return the change of a name and of those under it; a name that another one has is refused."""
    target = _needed(wanted)
    before = [each for each in known if under(each.name, name)]
    after = [replace(each, name=moved(each.name, name, target)) for each in before]
    others = {each.name.casefold(): each.name for each in known if not under(each.name, name)}
    for each in after:
        if each.name.casefold() in others:
            raise NameTaken(others[each.name.casefold()])
    pairs = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    if not pairs:
        return None
    return Change(action, tuple(old for old, _ in pairs), tuple(new for _, new in pairs))
