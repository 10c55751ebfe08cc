-- A sheet names an organisation, a community or a post, and not its id.
create index organisations_by_name on organisations (name_zh, id);
create index organisations_by_official_name on organisations (official_name, id);
create index communities_by_name on communities (name_zh, code);
create index posts_by_name on posts (name_zh, venue);
