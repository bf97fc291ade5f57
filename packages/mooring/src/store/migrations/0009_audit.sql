-- Who did what from where, in a workspace; what is the whole server's lies in the server's own. Append-only: the server's role
-- may add and read, and only what is too old goes, by the function below.
create table mooring.audit_entries (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  at timestamptz not null,
  action text not null,
  outcome text not null check (outcome in ('ok', 'refused')),
  code text,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  address text,
  browser text,
  target_kind text,
  target_id text,
  -- What happens all the time (reads of a token) is one row a minute, with how often.
  times integer not null default 1,
  primary key (workspace_id, id)
);
create index audit_entries_page on mooring.audit_entries (workspace_id, at desc, id desc);

alter table mooring.audit_entries enable row level security, force row level security;
create policy by_workspace on mooring.audit_entries using (workspace_id = mooring.current_workspace())
  with check (workspace_id = mooring.current_workspace());

create function mooring.expire_audit(before timestamptz) returns bigint language sql security definer set search_path = ''
  as $$
    with gone as (
      delete from mooring.audit_entries
      where workspace_id = mooring.current_workspace() and at < least(before, now() - interval '7 days') returning 1)
    select count(*) from gone
  $$;
