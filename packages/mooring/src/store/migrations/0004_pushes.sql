-- What platforms tell us unasked. All of it is asked before a workspace is known, so it belongs to the instance.

-- A push that was carried out, by the SHA-256 of its registration, its address and its signature, for as long as its
-- signed time alone would let it in again.
create table mooring.pushes (
  push_hash bytea primary key,
  expires_at timestamptz not null
);
create index pushes_over on mooring.pushes (expires_at);

-- That somebody's data was erased, for whoever holds the confirmation code. It says nothing of whose it was.
create table mooring.erasures (
  code_hash bytea primary key,
  erased_at timestamptz not null
);

-- Connections that ended and still bear a person's name, by the hash that grant_holders has for those that did not: a
-- person who asks for erasure means these too.
create table mooring.past_holders (
  grant_hash bytea not null,
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  connection_id uuid not null,
  primary key (grant_hash, connection_id)
);

do $$
declare t text;
begin
  foreach t in array array['pushes', 'erasures', 'past_holders'] loop
    execute format('alter table mooring.%I enable row level security, force row level security', t);
    execute format('create policy by_instance on mooring.%I using (mooring.is_instance()) with check (mooring.is_instance())', t);
  end loop;
end $$;

-- What happened is kept for ever and its sentences name people, so the server's role, which may change none, may have
-- them emptied here: for a connection of its workspace that was erased, and for no other.
create function mooring.forget_in_events(connection uuid) returns void language sql security definer set search_path = ''
  as $$
    update mooring.events e set message = 'This was erased.'
    where e.workspace_id = mooring.current_workspace() and e.connection_id = connection
      and exists (select from mooring.connections c
                  where c.workspace_id = e.workspace_id and c.id = connection and c.subject = 'erased:' || c.id)
  $$;
