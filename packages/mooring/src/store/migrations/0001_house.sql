-- Every table leads its key with the workspace (it shards by it as it stands) and bears row-level security from birth.
-- The server's role sees a row only when the transaction has named the row's workspace, or, for the few tables of the
-- instance itself (people, sessions, keys), when it has named the scope 'instance'.

create function mooring.current_workspace() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('mooring.workspace', true), '')::uuid $$;

create function mooring.is_instance() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('mooring.scope', true), '') = 'instance' $$;

create table mooring.workspaces (
  id uuid primary key,
  name text not null,
  external_id text unique,
  created_at timestamptz not null default now()
);

create table mooring.people (
  id uuid primary key,
  name text not null,
  role text not null check (role in ('owner')),
  created_at timestamptz not null default now()
);

create table mooring.sessions (
  token_hash bytea primary key,
  person_id uuid not null references mooring.people on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create table mooring.sign_in_links (
  token_hash bytea primary key,
  expires_at timestamptz not null
);

create table mooring.api_keys (
  id uuid primary key,
  workspace_id uuid references mooring.workspaces on delete cascade,
  key_hash bytea not null unique,
  prefix text not null,
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);

create table mooring.connections (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  provider text not null,
  registration text not null,
  subject text not null,
  label text not null,
  handle text,
  email text,
  picture text,
  state text not null check (state in ('connected', 'failing', 'reauthorize', 'misconfigured', 'disconnected')),
  requested_scopes text[] not null,
  granted_scopes text[] not null,
  access_token text,
  refresh_token text,
  access_expires_at timestamptz,
  refresh_expires_at timestamptz,
  -- The fence: whoever stores tokens names the version it started from.
  token_version bigint not null default 1,
  lease_id uuid,
  lease_until timestamptz,
  problem_code text,
  problem_message text,
  problem_detail text,
  problem_provider_code text,
  problem_since timestamptz,
  failures integer not null default 0,
  next_try_at timestamptz,
  connected_by text,
  connected_at timestamptz,
  last_refreshed_at timestamptz,
  last_tested_at timestamptz,
  disconnected_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  -- One outside identity once in a workspace and registration; other workspaces are not looked at.
  unique (workspace_id, registration, subject)
);
create index connections_page on mooring.connections (workspace_id, created_at, id);

-- Which connections rest on one grant at a platform, over all workspaces: SHA-256 of registration and subject, so that
-- disconnecting one does not revoke what another still uses, and nobody learns whose the other is.
create table mooring.grant_holders (
  grant_hash bytea not null,
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  connection_id uuid not null,
  primary key (grant_hash, connection_id)
);

create table mooring.accounts (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  provider text not null,
  kind text not null,
  subject text not null,
  label text not null,
  handle text,
  picture text,
  note text,
  added_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, connection_id, subject),
  foreign key (workspace_id, connection_id) references mooring.connections on delete cascade
);
create index accounts_page on mooring.accounts (workspace_id, added_at, id);

create table mooring.flows (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('oauth')),
  provider text not null,
  registration text not null,
  state text not null check (state in ('pending', 'checkpoint', 'connected', 'failed', 'expired')),
  outcome text check (outcome in ('connected', 'updated', 'reconnected')),
  -- Who may finish it: 'person:<id>' or 'key:<id>'.
  starter text not null,
  starter_name text not null,
  end_user text,
  requested_scopes text[] not null,
  granted_scopes text[] not null default '{}',
  reconnects uuid,
  return_to text not null,
  client_state text,
  connection_id uuid,
  candidates jsonb not null default '[]',
  error_code text,
  error_message text,
  error_detail text,
  -- SHA-256 of its state, kept after the state is consumed, to tell a second use from a stranger.
  state_hash bytea not null,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (workspace_id, id)
);
create index flows_limit on mooring.flows (workspace_id, starter, provider, started_at);
create unique index flows_state on mooring.flows (workspace_id, state_hash);
create index flows_sweep on mooring.flows (started_at);

-- What the callback must show, apart from the flow so that it is consumed by one DELETE … RETURNING.
create table mooring.flow_states (
  workspace_id uuid not null,
  state_hash bytea not null,
  flow_id uuid not null,
  -- SHA-256 of the secret in the starting browser's cookie.
  binding_hash bytea not null,
  -- SHA-256 of a start link's token, until a browser takes it.
  ticket_hash bytea,
  verifier text,
  expires_at timestamptz not null,
  primary key (workspace_id, state_hash),
  unique (workspace_id, flow_id),
  foreign key (workspace_id, flow_id) references mooring.flows on delete cascade
);
create unique index flow_states_ticket on mooring.flow_states (workspace_id, ticket_hash);

-- What happened, written in the transaction that did it. Append-only: the server's role may not change it.
create table mooring.events (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  at timestamptz not null,
  type text not null,
  actor text not null,
  message text not null,
  connection_id uuid,
  primary key (workspace_id, id)
);
create index events_page on mooring.events (workspace_id, connection_id, at desc, id);

do $$
declare t text;
begin
  foreach t in array array['connections', 'accounts', 'flows', 'flow_states', 'events'] loop
    execute format('alter table mooring.%I enable row level security, force row level security', t);
    execute format('create policy by_workspace on mooring.%I using (workspace_id = mooring.current_workspace())
                    with check (workspace_id = mooring.current_workspace())', t);
  end loop;
  foreach t in array array['people', 'sessions', 'sign_in_links', 'api_keys', 'grant_holders'] loop
    execute format('alter table mooring.%I enable row level security, force row level security', t);
    execute format('create policy by_instance on mooring.%I using (mooring.is_instance()) with check (mooring.is_instance())', t);
  end loop;
end $$;

alter table mooring.workspaces enable row level security, force row level security;
create policy by_workspace on mooring.workspaces
  using (id = mooring.current_workspace() or mooring.is_instance()) with check (mooring.is_instance());
