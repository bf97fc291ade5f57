-- A workspace's own apps at the providers that this server knows: client id and sealed secret. Endpoints are never theirs.

create table mooring.registrations (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  -- The callback's last part; of chance, and long enough that no two workspaces have the same.
  name text not null,
  id uuid not null,
  app text not null,
  client_id text not null,
  client_secret text,
  -- Null: what the kind of app asks for.
  scopes text[],
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  created_by text not null,
  changed_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index registrations_name on mooring.registrations (workspace_id, name);

alter table mooring.registrations enable row level security, force row level security;
create policy by_workspace on mooring.registrations using (workspace_id = mooring.current_workspace())
  with check (workspace_id = mooring.current_workspace());
