-- Connecting with e-mail and password, through a service that holds the session.

alter table mooring.flows
  drop constraint flows_kind_check,
  add constraint flows_kind_check check (kind in ('oauth', 'credentials')),
  drop constraint flows_state_check,
  add constraint flows_state_check
    check (state in ('pending', 'connecting', 'awaiting_completion', 'checkpoint', 'connected', 'failed', 'expired')),
  -- The attempt that is under way: who comes late with the outcome of another one writes nothing.
  add column attempt uuid,
  -- The service's own id of it.
  add column service_id text,
  -- What the service waits for from the person.
  add column checkpoint jsonb,
  add column attempt_ends_at timestamptz,
  add column resend_at timestamptz,
  -- No attempt before, as the service asked.
  add column again_at timestamptz,
  -- The service did not answer: how often, and when it is asked again.
  add column retry_times integer not null default 0,
  add column retry_at timestamptz,
  -- Nobody asks the service before whether an approval came.
  add column poll_at timestamptz,
  -- Sealed: e-mail and password, for as long as an attempt is under way.
  add column held_credentials text,
  -- When attempts were made, for the limit.
  add column tries timestamptz[] not null default '{}',
  -- SHA-256 of the secret in the address that a hosted page posts to.
  add column notify_hash bytea,
  -- The link that it was begun by.
  add column connect_link uuid;

-- When somebody must look at an attempt, over all workspaces: ids and a time.
create table mooring.flow_attempts (
  workspace_id uuid not null,
  flow_id uuid not null,
  over_at timestamptz not null,
  primary key (workspace_id, flow_id),
  foreign key (workspace_id, flow_id) references mooring.flows on delete cascade
);
create index flow_attempts_over on mooring.flow_attempts (over_at);
alter table mooring.flow_attempts enable row level security, force row level security;
create policy by_workspace on mooring.flow_attempts
  using (workspace_id = mooring.current_workspace() or mooring.is_instance())
  with check (workspace_id = mooring.current_workspace() or mooring.is_instance());

-- Sealed, and only where the operator keeps passwords.
alter table mooring.connections
  add column kept_credentials text,
  -- We had the service make the seat, and end it with the connection. One that was picked stays there.
  add column seat_made boolean not null default false;

-- What an agency sends to a client: one service to connect, good until it was used or its time is over.
create table mooring.connect_links (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  token_hash bytea not null,
  provider text not null,
  client_name text not null,
  reconnects uuid,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  connection_id uuid,
  primary key (workspace_id, id)
);
create unique index connect_links_token on mooring.connect_links (workspace_id, token_hash);
create index connect_links_page on mooring.connect_links (workspace_id, created_at desc, id);
alter table mooring.connect_links enable row level security, force row level security;
create policy by_workspace on mooring.connect_links
  using (workspace_id = mooring.current_workspace()) with check (workspace_id = mooring.current_workspace());

-- Shown to clients by such links: a PNG, JPEG or WebP as a data URL.
alter table mooring.workspaces add column logo text;
