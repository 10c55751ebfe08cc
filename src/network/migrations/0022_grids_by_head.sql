-- Whether somebody is a grid's head is asked before their account is taken back.
create index grids_by_head on grids (head) where head is not null;
