-- A sheet names an organisation, and not its id.
create index organisations_by_name on organisations (name_zh, id);
create index organisations_by_official_name on organisations (official_name, id);
