-- Tokens that stay valid by themselves: when each connection is due, when it will need a person, and what the operator must mend.

alter table mooring.connections
  -- When a platform ends its consent to the person's data whatever the tokens say.
  add column data_access_ends_at timestamptz,
  -- The platform refused to renew while the access token still lived: it is used to its end, and tried once more then.
  add column refresh_refused_at timestamptz;

alter table mooring.connections
  add column needs_person_at timestamptz generated always as (
    case
      when state = 'reauthorize' then problem_since
      when state in ('connected', 'failing') then least(
        case when refresh_token is null or refresh_refused_at is not null then access_expires_at else refresh_expires_at end,
        data_access_ends_at)
    end) stored;

create index connections_needs_person on mooring.connections (workspace_id, needs_person_at)
  where needs_person_at is not null;

-- What the sweep reads, apart from the connections: over all workspaces it sees ids and a time, and nothing sealed. An
-- update of a connection touches no index that way, and the index here holds nothing else than what it is asked for.
create table mooring.due_refreshes (
  workspace_id uuid not null,
  connection_id uuid not null,
  registration text not null,
  due_at timestamptz not null,
  primary key (workspace_id, connection_id),
  foreign key (workspace_id, connection_id) references mooring.connections on delete cascade
);
create index due_refreshes_due on mooring.due_refreshes (registration, due_at, workspace_id, connection_id);

alter table mooring.due_refreshes enable row level security, force row level security;
create policy by_workspace on mooring.due_refreshes
  using (workspace_id = mooring.current_workspace() or mooring.is_instance())
  with check (workspace_id = mooring.current_workspace() or mooring.is_instance());

-- A registration that its platform refuses (a wrong client secret, for one): one row, however many connections rest on it.
create table mooring.operator_alerts (
  registration text primary key,
  code text not null,
  message text not null,
  detail text,
  provider_code text,
  since timestamptz not null,
  last_at timestamptz not null,
  times integer not null default 1,
  -- Until then nobody asks the platform in this registration's name by itself.
  next_try_at timestamptz not null
);
alter table mooring.operator_alerts enable row level security, force row level security;
create policy by_instance on mooring.operator_alerts using (mooring.is_instance()) with check (mooring.is_instance());

-- What is there already is due at the next sweep, which reads each once and writes down its true time.
insert into mooring.due_refreshes (workspace_id, connection_id, registration, due_at)
  select workspace_id, id, registration, now() from mooring.connections
  where access_expires_at is not null and state <> 'disconnected' and state <> 'reauthorize';
