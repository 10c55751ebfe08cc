-- Photos and documents that were added to a case. What they are called where they came from is not kept; `file` and
-- `preview` are addresses of the town's sealed files. Whoever holds the case's token is nobody of the staff.
create table case_attachments (
  id        ID primary key,
  case_id   ID not null references cases (id),
  material  TEXT,
  kind      TEXT not null check (kind in ('jpeg', 'png', 'webp', 'pdf')),
  size      INT not null check (size > 0),
  file      TEXT not null,
  preview   TEXT,
  added_at  INSTANT not null,
  added_by  ID references staff (id)
);
create index case_attachments_of_case on case_attachments (case_id, id);
create index case_attachments_by_file on case_attachments (file);
create index case_attachments_by_preview on case_attachments (preview) where preview is not null;
