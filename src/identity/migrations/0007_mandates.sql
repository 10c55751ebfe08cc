-- Somebody acts for somebody else, who said so: hands in, follows and collects. Ended, never deleted.
create table mandates (
  id          ID primary key,
  person      ID not null references persons (id),  -- for whom
  agent       ID references persons (id),           -- who acts; nobody yet: it waits for whom the mark tells
  agent_mark  TEXT,  -- keyed hash of the phone and the last four characters of the number of whom it is offered to
  scope       TEXT not null check (scope in ('matters')),
  consent     TEXT not null check (consent in ('code', 'in_person', 'own_phone')),
  state       TEXT not null check (state in ('offered', 'active', 'ended')),
  given_at    INSTANT not null,
  given_by    ID references staff (id),  -- who was told at the window; nobody: said by phone
  began_at    INSTANT,
  until_at    INSTANT not null,
  ended_at    INSTANT,
  ended_how   TEXT check (ended_how in ('declined', 'revoked', 'expired', 'erased', 'records_changed')),
  ended_by    ID references staff (id)
);
create index mandates_of_person on mandates (person, id);
create index mandates_of_agent on mandates (agent, id);
create index mandates_offered on mandates (agent_mark, id);
