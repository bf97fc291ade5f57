-- Each renewal writes a connection's wide row twice, the lease and then the tokens. With room left in its page both stay
-- there and no index is written (HOT): 99 of 100 updates instead of 59, and 26 instead of 42 kB of WAL a renewal on pages
-- that a checkpoint made clean (bench/sweep.ts), for a third more disk. Rows of before move as they are renewed.
alter table mooring.connections set (fillfactor = 75);
