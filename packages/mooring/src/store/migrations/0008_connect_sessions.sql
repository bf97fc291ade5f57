-- Connect sessions of a host product: its server makes one, one browser opens it, one flow comes of it.
create table mooring.connect_sessions (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  token_hash bytea not null,
  -- SHA-256 of the secret in the cookie of the browser that opened it.
  browser_hash bytea,
  -- Null: every provider that is set up.
  providers text[],
  reconnects uuid,
  return_to text not null,
  -- The host's page that completes. Null: the host's own session is asked at the callback.
  complete_at text,
  end_user text not null,
  end_user_name text not null,
  created_by text not null,
  created_at timestamptz not null,
  -- By a browser that opened it, or by a page that sent its token.
  used_at timestamptz,
  expires_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index connect_sessions_token on mooring.connect_sessions (workspace_id, token_hash);

alter table mooring.flows
  add column connect_session uuid,
  add column complete_at text,
  -- Sealed: what the platform gave, while the host has not said whose it is.
  add column held_tokens text,
  drop constraint flows_state_check,
  add constraint flows_state_check
    check (state in ('pending', 'awaiting_completion', 'checkpoint', 'connected', 'failed', 'expired'));
-- One flow of a connect session, whoever is first.
create unique index flows_connect_session on mooring.flows (workspace_id, connect_session);

-- What a completion must show, consumed by one DELETE … RETURNING. Over all workspaces the sweep sees ids and a time, and
-- the hash of a code that opens nothing without an API key; what is held lies sealed in the flow.
create table mooring.flow_completions (
  workspace_id uuid not null,
  flow_id uuid not null,
  code_hash bytea not null,
  expires_at timestamptz not null,
  primary key (workspace_id, flow_id),
  foreign key (workspace_id, flow_id) references mooring.flows on delete cascade
);
create index flow_completions_over on mooring.flow_completions (expires_at);

alter table mooring.connect_sessions enable row level security, force row level security;
create policy by_workspace on mooring.connect_sessions
  using (workspace_id = mooring.current_workspace()) with check (workspace_id = mooring.current_workspace());
alter table mooring.flow_completions enable row level security, force row level security;
create policy by_workspace on mooring.flow_completions
  using (workspace_id = mooring.current_workspace() or mooring.is_instance())
  with check (workspace_id = mooring.current_workspace() or mooring.is_instance());
