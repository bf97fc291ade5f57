-- Which processes serve, and which vault keys each of them holds (their ids, never the keys): who rotates must know that
-- everybody can open what is sealed anew. A process writes itself, keeps itself fresh, and takes itself off.
create table mooring.processes (
  id uuid primary key,
  -- By the database's clock alone: machines that differ on the time still agree on who is alive.
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  version text not null,
  host text not null,
  pid integer not null,
  -- The first seals, all open.
  kids text[] not null
);
alter table mooring.processes enable row level security, force row level security;
create policy by_instance on mooring.processes using (mooring.is_instance()) with check (mooring.is_instance());
