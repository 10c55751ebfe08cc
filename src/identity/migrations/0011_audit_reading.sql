-- By whom looks were, those that were refused, and from which day on: as an auditor reads them.
create index audit_by_staff on audit (staff, id);
create index audit_refused on audit (id) where allowed = 0;
create index audit_by_time on audit (at, id);
