"""By what documents are put in order: keys without regard to case and accents, and the indexes over them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_KEY = 80

# What may stand before the first letter that counts.
_BEFORE = re.compile(r"\A[\W_]+")

# The keys are those of what holds: what a person says, and else what the source gives.
LISTING = """
alter table document add column title_key text not null default '';
alter table document add column author_key text not null default '';
alter table document add column site_key text not null default '';
alter table document add column date_key text not null default '';
update document set (title_key, author_key, site_key, date_key) = (
    select sort_key(title), sort_key(byline), sort_key(site), date from (
        select coalesce(nullif(details.title, ''), document.title) as title,
            coalesce(details.byline, document.byline) as byline,
            coalesce(details.site, document.site) as site, coalesce(details.date, document.date) as date
        from (select 1) left join details on details.document_id = document.id
    )
);
create index document_by_title_key on document(title_key);
create index document_by_author_key on document(author_key);
create index document_by_site_key on document(site_key);
create index document_by_date_key on document(date_key);
create index document_by_added on document(removed, added desc, id);
create index document_by_last_opened on document(opened);
create index document_by_reading on document(removed, progress, opened);
create index document_by_words on document(words);
create index document_by_type on document(removed, format);
create index details_by_state on details(state, document_id) where state is not null;

create table forgotten (
    document_id integer primary key,  -- of one that was deleted for good; no other is ever called so
    forgotten text not null
);
"""


@lru_cache(maxsize=1024)  # many articles are of one site
def sort_key(words: str | bytes) -> str:
    """Return by what words are put in order: without regard to case, accents, and marks before them."""
    folded = unicodedata.normalize("NFKD", _text(words)[: 4 * LONGEST_KEY].casefold())
    plain = folded
    if not folded.isascii():
        plain = "".join(char for char in folded if not unicodedata.combining(char))
    key = _BEFORE.sub("", plain) or plain.strip()
    return " ".join(key[:LONGEST_KEY].split()).encode("utf-8", "replace").decode()


def keys_of(title: str, byline: str, site: str, date: str) -> dict[str, str]:
    """Return the columns by which a document is put in order."""
    return {
        "title_key": sort_key(title),
        "author_key": sort_key(byline),
        "site_key": sort_key(site),
        "date_key": date.encode("utf-8", "replace").decode(),
    }


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "replace")
