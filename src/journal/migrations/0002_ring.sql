-- The keys that the town works with, each sealed under the town's key, which lies outside of the database.
create table ring_keys (
  id           TEXT primary key,   -- names the key in whatever it sealed; 'hash' for the one that hashes, 'since' for the id at which the ring was made
  sealed       BYTES not null,
  active_from  INSTANT not null    -- of the sealing keys, the newest whose instant has come seals
);
