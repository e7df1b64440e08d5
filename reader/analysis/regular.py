"""The regular kinds by rule: times, percentages, amounts of money, quantities, ordinals and numbers.

One pass finds the numbers; what stands right before and behind each tells its kind. Every expression is
bounded and begins only where a number can begin, so that a text of digits alone costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reader.analysis.almanac import calendar
from reader.analysis.names import Name
from reader.document import Span
from reader.model import Label

_LARGE = "hundred|thousand|million|billion|trillion|crores?|lakhs?"
_COUNT = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    f"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozen|{_LARGE}"
    "|hundreds|thousands|millions|billions|trillions|dozens"
)
_SPELLED = (
    rf"\b(?:{_COUNT}|tens(?= of (?:{_COUNT})))\b"
    rf"(?:(?:[- ]|(?<=hundred) and |(?<=thousand) and |(?<=s) of )(?:{_COUNT})\b){{0,8}}+"
)
_DIGITS = r"\d{1,18}+(?:[.,]\d{1,18}+){0,8}+(?: \d{3}(?!\w|[.,]\d))*+"
_NUMBER = re.compile(rf"(?<![\d.,])(?:{_DIGITS})(?!\d)|{_SPELLED}", re.IGNORECASE)
_SCALE = re.compile(rf"(?:[- ](?:{_LARGE}|dozen)\b){{1,2}}+", re.IGNORECASE)
_SHORT = re.compile(r" ?(?:mn|mln|mil|bn|tr?n|cr|[mbk])\b", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?: ?[-–] ?| to | or )(?:{_DIGITS}|{_SPELLED})(?!\d)(?:{_SCALE.pattern})?", re.IGNORECASE
)

# The signs, codes and single letters of money that stand before an amount.
_CODES = (
    "USD|EUR|GBP|JPY|CNY|RMB|CHF|INR|PKR|LKR|NPR|BDT|IDR|MYR|SGD|PHP|THB|VND|KRW|TWD|HKD|AUD|NZD|CAD|BND|MMK|KHR"
    "|ZAR|NGN|GHS|KES|UGX|TZS|RWF|ETB|EGP|MAD|DZD|TND|XAF|XOF|FCFA|CFA|MUR|SCR|BWP|NAD|ZMW|MWK|MZN|AOA|SDG"
    "|AED|SAR|QAR|OMR|KWD|BHD|JOD|ILS|NIS|IRR|IQD|LBP|SYP|RUB|UAH|KZT|UZS|PLN|CZK|HUF|RON|SEK|NOK|DKK|ISK"
    "|BRL|ARS|CLP|MXN|UYU|CRC|HNL|GTQ|NIO|DOP"
)
_SIGN = re.compile(
    rf"(?:(?:(?<!\w)(?:US|HK|NT|AU?|CA?|NZ|S|N|Z|Z[IW]|J|TT|EC|R|B|BZ|GY|L)?\$|[€£¥₦₹₡₵₱₩₪₫₮₴₲₺₽₿฿]"
    rf"|(?<!\w)(?:{_CODES}|GH[¢₵]|Rs\.?|Tk\.?|Dhs?\.?|[KUT]?[Ss]hs?\.?|RM|Rp\.?|QR|SR|BD|KD|JD|LE|Php)) ?)\Z"
)
# One letter is a currency only before what is not numbered like a road, a mask or a rating.
_LETTER = re.compile(r"(?<!\w)[NRPK] ?\Z")
_LARGE_AMOUNT = re.compile(
    rf"\d{{1,3}}(?:[,.]\d|[ ,]\d{{3}}|[- ](?:{_LARGE})\b|(?:bn|m|tr?n)\b)", re.IGNORECASE
)
_LONGEST_SIGN = 6
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DECADE = re.compile(r"\d{3}0s")
_DOLLARS = re.compile(r"U\.?S\.?(?=\$)")

_MONEYS = (
    "yuan|renminbi|yen|rupees?|rupiahs?|ringgits?|baht|pesos?|reais|rands?|naira|kobo|cedis?|shillings?|birr|kwacha"
    "|pula|francs?|dirhams?|riyals?|rials?|dinars?|shekels?|liras?|rou?bles?|hryvnias?|zlotys?|forints?|kron(?:or|er|a)"
    "|takas?|kyats?|lempiras?|col[oó]n(?:es)?|quetzal(?:es)?|c[oó]rdobas?|soles|bol[ií]var(?:s|es)?|guaran[ií](?:es)?"
    "|gourdes?|tenge|dollars?|euros?|pence|cents?|pounds? sterling|bitcoins?"
    # These are other words too: they want a large number before them.
    r"|(?:(?<=\d{3}.)|(?<=illion.)|(?<=thousand.))(?:pounds|won|lei|dong|som|sol)"
)
_UNITS: tuple[tuple[Label, re.Pattern[str]], ...] = tuple(
    (label, re.compile(pattern, re.IGNORECASE))
    for label, pattern in (
        (Label.PERCENT, r" ?[%٪]|[- ]per ?cents?\b|[- ]percentage[- ]points?\b| pct\b"),
        (Label.TIME, r"[- ](?:hours?|minutes?|seconds?)\b"),
        (
            Label.MONEY,
            rf"(?:{_SHORT.pattern})?(?: of|-)? ?(?-i:[A-Z][\w.]{{1,12}}+ ){{0,2}}(?<![^\W\d_])"
            rf"(?:{_MONEYS}|(?-i:{_CODES}))\b| ?(?:[€£₹₽₺₴]|\$)(?![\w$€£₹])",
        ),
        (
            Label.QUANTITY,
            r"[- ]?(?:(?:square|cubic|nautical|metric|sq\.?)[- ])?(?:(?:kilo|centi|milli)?met(?:er|re)s?"
            r"|miles?|feet|foot|inch(?:es)?|yards?|light[- ]years?|acres?|hectares?|tonnes?|tons?"
            r"|(?:kilo|milli)?grams?|kilos?|pounds|ounces?|carats?|(?:milli)?lit(?:er|re)s?|gallons?|barrels?|bushels?|quintals?"
            r"|degrees?(?: celsius)?"
            r"|(?:giga|mega|kilo)?watts?(?:[- ]hours?)?|volts?|knots?|(?:kilo|mega|giga|tera)bytes?"
            r"|(?-i:km[²³]?|m[²³]|kg|mg|cm|mm|ha|km/h|kph|mph|lbs?|[kMG]Wh?|[kMGT]B|°[CF]?))(?!\w)",
        ),
        (Label.ORDINAL, r"(?<=\d)(?:st|nd|rd|th)\b"),
    )
)
_TIME = re.compile(
    r"(?<![\w:.])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?: ?(?:[ap]\.?m\b\.?|GMT|UTC|hrs|hours))?(?![.:,%]?\w)"
    r"|(?<![\w:.])(?:1[0-2]|0?[1-9]) ?[ap]\.?m\b\.?|(?<![\w:.])(?:[01]\d|2[0-3])[0-5]\d ?(?:GMT|UTC|hrs)\b"
    r"|\b(?:noon|midday|midnight|tonight)\b|\b(?:this|yesterday|tomorrow) (?:morning|afternoon|evening)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth)\b(?![- ](?:hand|rate|of all))"
    r"|\b(?:ten|eleven|twelf|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twentie|thirtie"
    r"|hundred|thousand|million)th\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"(?<![\w$€£¥.,])(?<![^\W\d_][-–])")
_FREE_BEHIND = re.compile(r"(?![\w%]|[.,]\d)")
# The kinds of which a rule may see more than a model does, and those that it then replaces.
_WHOLE = frozenset({Label.DATE, Label.TIME, Label.PERCENT, Label.MONEY, Label.QUANTITY})
_REGULAR = _WHOLE | {Label.ORDINAL, Label.CARDINAL}
_OF_COUNTRIES = frozenset({Label.GPE, Label.NORP})

Found = tuple[Span, Label]


def completed(text: str, names: Sequence[Name], *, start: int, end: int) -> tuple[Name, ...]:
    """Return the names of the paragraph ``text[start:end]``, in order, and what the rules find beside them.

    What a model marked stays, but an amount or a date of which it saw a part gives way to the whole.
    """
    kept = list(names)
    for found in (
        ((span, Label.DATE) for span in calendar(text, start=start, end=end)),
        _all(_TIME, Label.TIME, text, start, end),
        _all(_ORDINAL, Label.ORDINAL, text, start, end),
        _amounts(text, start, end),
    ):
        kept = _merged(text, kept, found)
    return tuple(_as_marked(text, name) for name in kept)


def _all(pattern: re.Pattern[str], label: Label, text: str, start: int, end: int) -> Iterator[Found]:
    return ((Span(match.start(), match.end()), label) for match in pattern.finditer(text, start, end))


def _amounts(text: str, start: int, end: int) -> Iterator[Found]:
    at = start
    for number in _NUMBER.finditer(text, start, end):
        found = _amount(text, number, at, end) if number.start() >= at else None
        if found:
            yield found
            at = found[0].end


def _amount(text: str, number: re.Match[str], start: int, end: int) -> Found | None:
    """Return what a number is with what stands before (from `start` on) and behind it."""
    first, stop = number.span()
    before = text[max(start, first - _LONGEST_SIGN) : first]
    sign = _SIGN.search(before)
    if sign is None and _LARGE_AMOUNT.match(text, first, end):
        sign = _LETTER.search(before)
    scale = _SCALE.match(text, stop, end) or (_SHORT.match(text, stop, end) if sign else None)
    if scale:
        stop = scale.end()
    if sign:
        first -= len(sign.group())
    more = None if _YEAR.fullmatch(number.group()) else _RANGE.match(text, stop, end)
    if sign and more and more.group()[0].isspace():
        more = None
    for at in (more.end(), stop) if more else (stop,):
        for label, pattern in _UNITS:
            unit = pattern.match(text, at, end)
            if unit:
                return Span(first, unit.end()), label
    if sign:
        return Span(first, more.end() if more else stop), Label.MONEY
    if _FREE.match(text, first) and _FREE_BEHIND.match(text, stop):
        return Span(first, stop), Label.CARDINAL
    return None


def _merged(text: str, kept: Sequence[Name], found: Iterable[Found]) -> list[Name]:
    """Put what was found among what is kept; both are in order, and neither overlaps itself."""
    merged: list[Name] = []
    at = 0
    for span, label in found:
        while at < len(kept) and kept[at].span.end <= span.start:
            merged.append(kept[at])
            at += 1
        last = at
        while last < len(kept) and kept[last].span.start < span.end:
            last += 1
        if _gives_way(text, kept[at:last], span, label):
            merged.append(Name(span, label, " ".join(span.of(text).split())))
            at = last
    return merged + list(kept[at:])


def _gives_way(text: str, there: Sequence[Name], span: Span, label: Label) -> bool:
    """Tell whether what is `there` is no more than a part of what a rule found, or nothing."""
    if not all(span.covers(name.span) for name in there):
        return False
    if not all(_is_amount(name, span, label) for name in there):
        return False
    if len(there) == 1 and there[0].span == span:
        # A year is a number to the rules; but "164.9 million" is no date, and without a currency no money.
        amount = there[0].label is Label.MONEY or any(char.isalpha() for char in span.of(text))
        return there[0].label is not label and (label in _WHOLE or amount)
    return not there or label in _WHOLE


def _is_amount(name: Name, span: Span, label: Label) -> bool:
    """Tell whether a name may be a part of what a rule found: "Dh800", the "Kenyan" of "9 Kenyan pence"."""
    if label is Label.MONEY and name.label not in _REGULAR:
        country = name.label in _OF_COUNTRIES and name.span.start > span.start
        return country or any(char.isdigit() for char in name.text)
    return name.label in _REGULAR


def _as_marked(text: str, name: Name) -> Name:
    """Return the name with the ends that the articles we measure on give it; what it is called stays whole.

    They mark "1990" of "1990s" and "$3" of "US$3": 62 of 69 and 72 of 94 in worldwide_train.
    """
    if name.label is Label.DATE and _DECADE.fullmatch(text, name.span.start, name.span.end):
        return replace(name, span=Span(name.span.start, name.span.end - 1))
    dollars = _DOLLARS.match(text, name.span.start, name.span.end) if name.label is Label.MONEY else None
    if dollars:
        return replace(name, span=Span(dollars.end(), name.span.end))
    return name
