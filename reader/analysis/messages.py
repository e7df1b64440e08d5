"""What goes to the analysis process and comes back from it. Plain values; starts nothing and knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from reader.document import Block
from reader.model import Analysis, Correction, Entity, Mention, Quote


@dataclass(frozen=True, slots=True)
class Job:
    """A text to analyse; a newer job replaces an older one. `first` is the block on screen.

    `date` is the document's (ISO 8601) or "". `corrections` are those that hold for it, in the order in
    which they count, with places in this very text. `language` is what the file says of itself, or "".

    A job `behind` is read while there is no other work, and stays when another comes; only a newer one behind
    replaces it. Of it nothing but the final findings are said, in reading order.
    """

    id: int
    text: str
    blocks: tuple[Block, ...]
    date: str = ""
    first: int = 0
    corrections: tuple[Correction, ...] = ()
    language: str = ""
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Focus:
    """The reader went elsewhere: go on from this block."""

    job: int
    block: int


@dataclass(frozen=True, slots=True)
class Correct:
    """From now on these corrections hold for the job instead of those before, also when it is finished.

    What differs is said again, and then that the job is finished. The model is not asked again. Of a job
    that is not the latest, was cancelled or failed, nothing more is said.
    """

    job: int
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Leave the job."""

    job: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded; `problem` tells why it is not the one that was asked for, and what to do."""

    model: str
    problem: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """The job is taken up by `model`; `plans.used` tells the language from its name.

    `problem` tells why a better model for it, which is installed, is not used.
    """

    job: int
    model: str
    problem: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that begins in the blocks ``[start, end)``; replaces what was said of these blocks before.

    `final` findings know the whole document.
    """

    job: int
    start: int
    end: int
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """The job is done with these corrections; no more findings will come, unless it is corrected anew."""

    job: int
    entities: tuple[Entity, ...]
    model: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """The job could not be done; job 0 means that the model could not be loaded and the process ends."""

    job: int
    error_what: str
    error_next: str


Request = Job | Focus | Correct | Cancel
Answer = Ready | Begun | Findings | Finished | Failed


class Whole:
    """Puts together what is said of a job that is read behind; used from one thread."""

    def __init__(self) -> None:
        self._mentions: list[Mention] = []
        self._quotes: list[Quote] = []

    def add(self, findings: Findings) -> None:
        """Take what comes next."""
        self._mentions += findings.mentions
        self._quotes += findings.quotes

    def analysis(self, finished: Finished) -> Analysis:
        """Return all that was found."""
        return Analysis(tuple(self._mentions), tuple(self._quotes), finished.entities, finished.model)
