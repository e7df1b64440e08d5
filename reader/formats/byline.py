"""Bylines as pages print them, without what is no name in them: dates, agencies. Reads text alone."""

from __future__ import annotations

import re

from reader.text import one_line

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\b"
_TOLD = r"(?:(?:first|last)\s+)?(?:published|posted|updated|created|modified)\b:?"
_DATE = re.compile(
    rf"""(?:[\s,;:|•·–—-]|\b(?:on|at)\b|\b{_TOLD}|\b{_DAY})*
    (?: \b\d{{4}}-\d{{1,2}}-\d{{1,2}}
      | \b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b
      | \b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?\b
      | \b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+{_MONTH}(?:,?\s+\d{{4}})?\b
      | \b\d{{1,2}}\.?\s+[^\W\d]{{3,12}}\.?\s+(?:19|20)\d\d\b
      | \b\d{{1,2}}:\d\d\b
      | \b\d{{1,2}}\s*(?:min(?:ute)?s?|hours?|days?)\s+(?:read|ago)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_PARTS = re.compile(r"\s+[|•·/]\s+|\s*[|•]\s*")
_TELLS = re.compile(rf"^{_TOLD}\s*", re.IGNORECASE)
_AFTER = re.compile(r"\bby\s+[^\d|]{3,80}$", re.IGNORECASE)
_LONGEST = 600


def tidy(byline: str, site: str = "") -> str:
    """Return the byline on one line, without dates, the site and the agency after the name.

    A leading "By" stays: it is how the page prints it (`reader.document.Metadata.writer` leaves it out).
    """
    whole = one_line(byline[:_LONGEST])
    kept = []
    for part in _PARTS.split(whole):
        found = _DATE.search(part)
        name = _TELLS.sub("", part[: found.start()] if found else part).strip(" ,;:–—-")
        if found and not name and (after := _AFTER.search(part, found.end())):
            name = after[0]
        if name and name.casefold() not in ("by", "von", "par", "por", site.casefold()):
            kept.append(name)
    return kept[0] if kept else ""
