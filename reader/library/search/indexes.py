"""What the library is searched by: indexes that follow the tables by themselves, and views to read by hand.

The migration that makes them; nothing is stored here that is not elsewhere too.
"""

from __future__ import annotations

# Folds case and accents; a word is a run of letters and digits.
_WORDS = """tokenize="unicode61 remove_diacritics 2\""""

# A statement ends with a semicolon at the end of a line, so a trigger is one line from its `begin` on.
SEARCH = f"""
alter table quotation add column words text not null default '';
alter table quotation add column start_offset integer not null default 0;
alter table quotation add column end_offset integer not null default 0;
update quotation set start_offset = json_extract(content, '$[0][0]'), end_offset = json_extract(content,
    '$[' || (json_array_length(content) - 1) || '][1]') where json_array_length(content) > 0;
update quotation set words = (
    select case typeof(text) when 'blob' then cast(said as blob) else said end from (
        select text, (
            select group_concat(substr(cast(text as text), json_extract(value, '$[0]') + 1,
                json_extract(value, '$[1]') - json_extract(value, '$[0]')), ' … ')
            from json_each(quotation.content)
        ) as said
        from analysis join document_text on document_text.id = text_id where analysis.id = analysis_id
    )
) where json_array_length(content) > 0;
create index quotation_by_speaker on quotation(speaker);
create index entity_by_name on entity(name);
create index mention_by_name on mention(name);
create index document_by_current_text on document(current_text_id);
create index document_by_date on document(date);

create view text_to_search as
    select document.id as document_id, text from document
    join document_text on document_text.id = current_text_id;
create virtual table text_index using fts5(text, content = 'text_to_search', content_rowid = 'document_id',
    {_WORDS});
insert into text_index (rowid, text) select document_id, text from text_to_search;
create trigger text_index_follows after update of current_text_id on document
    when new.current_text_id is not old.current_text_id
begin insert into text_index (text_index, rowid, text) select 'delete', old.id, text from document_text
    where id = old.current_text_id; insert into text_index (rowid, text) select new.id, text
    from document_text where id = new.current_text_id; end;
create trigger text_index_forgets before delete on document
begin insert into text_index (text_index, rowid, text) select 'delete', old.id, text from document_text
    where id = old.current_text_id; end;

create table searchable (
    id integer primary key,
    document_id integer references document(id) on delete cascade, -- null for a tag
    kind text not null,               -- note, passage or tag
    record_id text not null,          -- of the highlight, note or tag
    words text not null
);
create index searchable_by_document on searchable(document_id, kind);
create index searchable_by_record on searchable(record_id);
create virtual table searchable_index using fts5(words, content = 'searchable', content_rowid = 'id',
    {_WORDS});
create trigger searchable_added after insert on searchable
begin insert into searchable_index (rowid, words) values (new.id, new.words); end;
create trigger searchable_deleted after delete on searchable
begin insert into searchable_index (searchable_index, rowid, words) values ('delete', old.id, old.words); end;

create view title_to_search as
    select document.id as document_id, coalesce(nullif(details.title, ''), document.title) as title,
        coalesce(details.byline, document.byline) as byline, coalesce(details.site, document.site) as site
    from document left join details on details.document_id = document.id;
create virtual table title_index using fts5(title, byline, site, {_WORDS});
insert into title_index (rowid, title, byline, site) select document_id, title, byline, site
    from title_to_search;
create trigger title_followed after update of folded on document
begin delete from title_index where rowid = new.id; insert into title_index (rowid, title, byline, site)
    select document_id, title, byline, site from title_to_search where document_id = new.id; end;
create trigger title_forgotten after delete on document
begin delete from title_index where rowid = old.id; end;
create trigger highlight_added after insert on highlight
begin insert into searchable (document_id, kind, record_id, words)
    select new.document_id, 'passage', new.id, new.exact where new.exact <> '' union all
    select new.document_id, 'note', new.id, new.note where new.note <> ''; end;
create trigger highlight_changed after update on highlight
begin delete from searchable where record_id = old.id; insert into searchable (document_id, kind, record_id,
    words) select new.document_id, 'passage', new.id, new.exact where new.exact <> '' union all
    select new.document_id, 'note', new.id, new.note where new.note <> ''; end;
create trigger highlight_deleted after delete on highlight
begin delete from searchable where record_id = old.id; end;
create trigger note_added after insert on note
begin insert into searchable (document_id, kind, record_id, words)
    values (new.document_id, 'note', new.id, new.body); end;
create trigger note_changed after update on note
begin delete from searchable where record_id = old.id; insert into searchable (document_id, kind, record_id,
    words) values (new.document_id, 'note', new.id, new.body); end;
create trigger note_deleted after delete on note
begin delete from searchable where record_id = old.id; end;
create trigger tag_added after insert on tag
begin insert into searchable (kind, record_id, words) values ('tag', new.id, new.name); end;
create trigger tag_changed after update on tag
begin delete from searchable where record_id = old.id; insert into searchable (kind,
    record_id, words) values ('tag', new.id, new.name); end;
create trigger tag_deleted after delete on tag
begin delete from searchable where record_id = old.id; end;
insert into searchable (document_id, kind, record_id, words)
    select document_id, 'passage', id, exact from highlight where exact <> '';
insert into searchable (document_id, kind, record_id, words)
    select document_id, 'note', id, note from highlight where note <> '';
insert into searchable (document_id, kind, record_id, words) select document_id, 'note', id, body from note;
insert into searchable (kind, record_id, words) select 'tag', id, name from tag;

create virtual table quotation_index using fts5(words, speaker, content = 'quotation', content_rowid = 'id',
    {_WORDS});
insert into quotation_index (rowid, words, speaker) select id, words, speaker from quotation;
create trigger quotation_added after insert on quotation
begin insert into quotation_index (rowid, words, speaker) values (new.id, new.words, new.speaker); insert or
    ignore into known_as (name, alias) select new.speaker, new.speaker where new.speaker is not null; end;
create trigger quotation_deleted after delete on quotation
begin insert into quotation_index (quotation_index, rowid, words, speaker)
    values ('delete', old.id, old.words, old.speaker); end;

create table known_as (
    id integer primary key,
    name text not null,               -- of an entity in any of the documents, or of a speaker
    alias text not null,              -- another name that it goes by; its own name too
    unique (name, alias)
);
create virtual table known_as_index using fts5(alias, content = 'known_as', content_rowid = 'id', {_WORDS});
create trigger known_as_added after insert on known_as
begin insert into known_as_index (rowid, alias) values (new.id, new.alias); end;
create trigger known_as_deleted after delete on known_as
begin insert into known_as_index (known_as_index, rowid, alias) values ('delete', old.id, old.alias); end;
create trigger entity_added after insert on entity
begin insert or ignore into known_as (name, alias) select new.name, new.name
    union all select new.name, value from json_each(new.aliases) where type = 'text'; end;
insert or ignore into known_as (name, alias) select name, name from entity
    union all select entity.name, value from entity, json_each(entity.aliases) where type = 'text'
    union all select speaker, speaker from quotation where speaker is not null;

create view quotes_by_person as
    select speaker, coalesce(details.date, document.date) as date,
        coalesce(nullif(details.title, ''), document.title) as document, quotation.words, kind, reason,
        source_path, start_offset, end_offset, document.id as document_id
    from quotation join analysis on analysis.id = analysis_id
    join document on current_text_id = text_id left join details on details.document_id = document.id;
create view notes_full as
    select coalesce(nullif(details.title, ''), document.title) as document, highlight.note as note,
        highlight.exact as passage, (
            select group_concat(name, ', ') from (
                select name from highlight_tag join tag on tag.id = tag_id
                where highlight_id = highlight.id order by position
            )
        ) as tags, colour, created, highlight.updated as updated, start_offset, end_offset, source_path,
        document.id as document_id
    from highlight join document on document.id = highlight.document_id
    left join details on details.document_id = document.id
    union all
    select coalesce(nullif(details.title, ''), document.title), body, '', (
            select group_concat(name, ', ') from (
                select name from note_tag join tag on tag.id = tag_id
                where note_id = note.id order by position
            )
        ), '', created, note.updated, null, null, source_path, document.id
    from note join document on document.id = note.document_id
    left join details on details.document_id = document.id;
create view mentions_full as
    select name, label, value,
        substr(cast(text as text), start_offset + 1, end_offset - start_offset) as words,
        coalesce(nullif(details.title, ''), document.title) as document,
        coalesce(details.date, document.date) as date, source_path, start_offset, end_offset,
        document.id as document_id
    from mention join analysis on analysis.id = analysis_id join document on current_text_id = text_id
    join document_text on document_text.id = text_id
    left join details on details.document_id = document.id;
"""
