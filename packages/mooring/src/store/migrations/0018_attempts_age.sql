-- How old a try is goes by the database's clock, which is one for all processes: a server whose clock is wrong would look
-- for a post at the wrong time, and take it for one that is not there.
alter table mooring.delivery_attempts add column began_at timestamptz not null default clock_timestamp();
