"""What the shipped model must cope with, on sentences of our own in the styles of many publications."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.analysis import Pipeline, analyse
from reader.document import Block, Document, Span
from reader.model import Analysis, Quote, QuoteKind

pytestmark = pytest.mark.model
DIRECT, MIXED, INDIRECT = QuoteKind.DIRECT, QuoteKind.MIXED, QuoteKind.INDIRECT


@pytest.fixture(scope="module")
def shipped() -> Pipeline:
    return Pipeline.load()


def read(text: str, pipeline: Pipeline) -> Analysis:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(Span(at, at + len(part))))
        at += len(part) + 2
    return analyse(Document(text, tuple(block for block in blocks if len(block.span))), pipeline=pipeline)


def quote_of(text: str, pipeline: Pipeline) -> Quote:
    (quote,) = read(text, pipeline).quotes
    return quote


def told(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


@pytest.mark.parametrize(
    ("text", "inner", "source"),
    [
        ("“We are ready,” Mayor Linda Torres said.", ["We are ready,"], "Linda Torres"),
        ('"We are ready," said Mayor Linda Torres.', ["We are ready,"], "Linda Torres"),
        (
            "‘We are not going anywhere,’ Margaret Ellison said on Tuesday.",
            ["We are not going anywhere,"],
            "Margaret Ellison",
        ),
        (
            "«We leave tomorrow at dawn», said Pierre Lambert.",
            ["We leave tomorrow at dawn"],
            "Pierre Lambert",
        ),
        (
            "„We shall never give up this valley“, said Karl Brandt.",
            ["We shall never give up this valley"],
            "Karl Brandt",
        ),
        (
            "「We will go home tomorrow morning」, said Kenji Yamada.",
            ["We will go home tomorrow morning"],
            "Kenji Yamada",
        ),
        (
            "'I don't know what they're on about,' said Colin Hartley.",
            ["I don't know what they're on about,"],
            "Colin Hartley",
        ),
        (
            "‘The nurses’ union won’t accept it,’ said Paul Dean.",
            ["The nurses’ union won’t accept it,"],
            "Paul Dean",
        ),
        (
            "“He told me ‘never again’ and then he walked out,” Sarah Whitfield recalled.",
            ["He told me ‘never again’ and then he walked out,"],
            "Sarah Whitfield",
        ),
        (
            "\"The chairman said, 'You are out,' and that was that,\" Whitfield told the court.",
            ["The chairman said, 'You are out,' and that was that,"],
            "Whitfield",
        ),
    ],
)
def test_every_style_of_marks(text: str, inner: list[str], source: str, shipped: Pipeline) -> None:
    quote = quote_of(text, shipped)
    assert quote.kind is DIRECT
    assert told(text, quote.quoted) == inner
    assert source in "".join(told(text, quote.source))


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "“The money,” said Ruth Adeyemi, the deputy governor, “has been paid.”",
            ["The money,", "has been paid."],
        ),
        (
            "“This will change how farmers sell their crops,” said Joseph Mwangi, chief executive of Kilimo. "
            "“We are delighted.”",
            ["This will change how farmers sell their crops,", "We are delighted."],
        ),
        (
            "‘The nurses’ union won’t accept it,’ said Paul Dean, the union’s secretary. ‘They can’t.’",
            ["The nurses’ union won’t accept it,", "They can’t."],
        ),
    ],
)
def test_a_speaker_in_the_middle_keeps_the_pieces_together(
    text: str, inner: list[str], shipped: Pipeline
) -> None:
    assert told(text, quote_of(text, shipped).quoted) == inner


@pytest.mark.parametrize(
    ("text", "pieces", "speaker"),
    [
        (
            "“We have waited for nine years,” Amina Yusuf told the commission. “Nine years without a "
            "road.\n\n“We wrote to the governor. We wrote to the president.\n\n"
            "“Nobody answered us, and nobody came.”",
            4,
            "Amina Yusuf",
        ),
        (
            "Peter Novak said: “The bridge will be closed until May.\n\n“Nobody will tell us why.”",
            2,
            "Peter Novak",
        ),
    ],
)
def test_a_quotation_over_several_paragraphs_is_one(
    text: str, pieces: int, speaker: str, shipped: Pipeline
) -> None:
    quote = quote_of(text, shipped)
    assert len(quote.quoted) == pieces
    assert quote.speaker == speaker


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Peter Novak said: “The bridge will be closed until May and nobody knows why.\n\n"
            "It rained for a week.",
            "The bridge will be closed until May and nobody knows why.",
        ),
        (
            "The bridge will be closed until May,” Peter Novak told reporters.\n\nIt rained for a week.",
            "The bridge will be closed until May,",
        ),
    ],
)
def test_the_damage_of_a_missing_or_stray_mark_ends_with_the_paragraph(
    text: str, content: str, shipped: Pipeline
) -> None:
    quote = quote_of(text, shipped)
    assert told(text, quote.quoted) == [content]
    assert quote.speaker == "Peter Novak"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Q: When did you first see the ship?\n\nA: I was eleven. My father took me to the harbour.\n\n"
            "Q: And you wrote to the captain?\n\nA: Every week, for a year.",
            ["Q", "A", "Q", "A"],
        ),
        ("MODERATOR: Is the budget balanced?\n\nHARRIS: No, it is not.", ["MODERATOR", "HARRIS"]),
    ],
)
def test_interviews_and_transcripts_tell_who_speaks(text: str, sources: list[str], shipped: Pipeline) -> None:
    quotes = read(text, shipped).quotes
    assert ["".join(told(text, quote.source)) for quote in quotes] == sources


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("“Heading to Nairobi tonight. Big news tomorrow!” Odinga tweeted on Friday.", "Odinga", None),
        ('"So proud of this team. #onward" — Laura Jensen (@ljensen)', "Laura Jensen", "Laura Jensen"),
        ("“They crossed the border at night,” a security source said.", "a security source", None),
        ("The report said the ministry had “failed at every step”.", "The report", None),
        ("“This is the end of the matter.” The minister, Tom Walsh, disagreed.", "Tom Walsh", "Tom Walsh"),
        ("Ruth Adeyemi shook her head. “There is no money left.”", "Ruth Adeyemi", "Ruth Adeyemi"),
        ("“Get out of the water!” the lifeguard shouted at the swimmers.", "the lifeguard", None),
        ("“We never saw a penny of it,” Barnes fumed.", "Barnes", "Barnes"),
        ("Furious mum Kelly Barnes, 34, blasted: “It’s a total disgrace!”", "Kelly Barnes", "Kelly Barnes"),
        (
            "The judge, Mrs Justice Holland, told him: “You showed no remorse.”",
            "Mrs Justice Holland",
            "Holland",
        ),
    ],
)
def test_speakers_of_many_kinds(text: str, source: str, speaker: str | None, shipped: Pipeline) -> None:
    quote = quote_of(text, shipped)
    assert source in "".join(told(text, quote.source))
    assert speaker is None or (quote.speaker or "").endswith(speaker)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ruth Adeyemi arrived late. “I am sorry,” she said. “The train was late.”", ["Ruth Adeyemi"]),
        ("Tom Walsh met Ruth Adeyemi. He told her that the bill would pass.", ["Tom Walsh"]),
        ("“What did you feel?” I asked. “Nothing,” she said.", [None, None]),
    ],
)
def test_pronouns_and_first_person(text: str, speakers: list[str | None], shipped: Pipeline) -> None:
    assert [quote.speaker for quote in read(text, shipped).quotes] == speakers


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        (
            "According to Ruth Adeyemi, the port will reopen in June.",
            "the port will reopen in June",
            "Ruth Adeyemi",
        ),
        (
            "The port will reopen in June, according to the harbour board.",
            "The port will reopen in June",
            "the harbour board",
        ),
        (
            "The drought has cost farmers half their maize, according to a report by the Rainfall Institute.",
            "The drought has cost farmers half their maize",
            "a report by the Rainfall Institute",
        ),
    ],
)
def test_according_to(text: str, content: str, source: str, shipped: Pipeline) -> None:
    quote = quote_of(text, shipped)
    assert (told(text, quote.content), told(text, quote.source)) == ([content], [source])
    assert told(text, quote.cue)[0].lower() == "according to"
    assert quote.kind is INDIRECT


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “smart bridge” has been closed since Monday.",
        "Her “friends” had emptied the flat while she was away.",
        "The word “reform” appears nineteen times in the speech.",
        "Critics have praised “The Glass Harbour”, her third novel.",
        "The album “Night Ferries” went on sale on Friday.",
        "Her column, “Letters from the Coast”, ran for nine years.",
    ],
)
def test_scare_quotes_and_titles_are_no_quotations(text: str, shipped: Pipeline) -> None:
    assert read(text, shipped).quotes == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Trump says tariffs on steel will rise in May", INDIRECT),
        ("Police said two men were arrested.", INDIRECT),
        ("Prosecutors alleged that Martin Cole had “lied repeatedly” to investors.", MIXED),
        ("The company announced it would close two plants.", INDIRECT),
        ("Minister: ‘We will rebuild every school’", DIRECT),
    ],
)
def test_the_kind_is_told(text: str, kind: QuoteKind, shipped: Pipeline) -> None:
    assert quote_of(text, shipped).kind is kind


def test_the_reason_is_in_plain_words(shipped: Pipeline) -> None:
    text = "Ruth Adeyemi shook her head. “There is no money left.”"
    assert quote_of(text, shipped).reason == "before it, no reporting word found; Ruth Adeyemi"
    text = "Peter Novak said: “The bridge will be closed until May.”"
    assert quote_of(text, shipped).reason == "‘said’ stands before; Peter Novak"


WORDS = (" said ", "Ada Lindqvist", "she ", "according to ", "the dam would go", " that ", "Q: ", "A: ")
ODD = ("\n\n", "𝄞", "e\u0301", "שלום", "\ud800", "\x00", "我们说", "\u200f")
PIECES = st.sampled_from([*"“”\"'‘’«»„「」`.,:;!?—–-()\n\t ", *WORDS, *ODD])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=120)))
def test_spans_are_exact_in_any_text(shipped: Pipeline, text: str) -> None:
    before = str(text)
    for quote in read(text, shipped).quotes:
        spans = list(quote.content)
        assert spans == sorted(spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert all(any(span.covers(inner) for span in spans) for inner in quote.quoted)
        assert all(span.end <= len(text) for span in (*spans, *quote.cue, *quote.source))
    assert text == before
