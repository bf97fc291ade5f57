-- People sign in by themselves: by e-mail and password, a second factor, a passkey, or another provider's sign-in. The tables
-- are those of the library that does it (better-auth), under our names.

select set_config('mooring.scope', 'instance', true);

alter table mooring.people
  add column email text unique check (email = lower(email)),
  add column email_verified boolean not null default false,
  add column image text,
  add column two_factor_enabled boolean not null default false,
  -- Runs this server: what is the whole instance's.
  add column operator boolean not null default false,
  add column updated_at timestamptz not null default now();
update mooring.people set operator = true where role = 'owner';
alter table mooring.people drop column role;

-- How somebody signs in: a password's hash, or who they are at another provider.
create table mooring.logins (
  id uuid primary key,
  person_id uuid not null references mooring.people on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  -- Never written: a sign-in needs none of them.
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index logins_person on mooring.logins (person_id);

create table mooring.two_factors (
  id uuid primary key,
  person_id uuid not null unique references mooring.people on delete cascade,
  -- Both encrypted under the sign-in secret.
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);

create table mooring.passkeys (
  id uuid primary key,
  person_id uuid not null references mooring.people on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz not null default now()
);
create index passkeys_person on mooring.passkeys (person_id);

-- What lives for a while: sessions, what a browser must show at a second step, counters of tries. Under the SHA-256 of its
-- key; the value is encrypted under the sign-in secret.
create table mooring.sign_in_values (
  key_hash bytea primary key,
  value text,
  count integer,
  -- Whose session it is.
  person_id uuid references mooring.people on delete cascade,
  expires_at timestamptz not null
);
create index sign_in_values_person on mooring.sign_in_values (person_id) where person_id is not null;
create index sign_in_values_over on mooring.sign_in_values (expires_at);

-- Who was signed in signs in anew, by a link.
drop table mooring.sessions;

-- The secret under which the library signs cookies and encrypts: made once, sealed, and sealed anew with all else when the
-- vault's keys are rotated. It lies in the server's own workspace.
create table mooring.sign_in_secrets (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  secret text not null,
  primary key (workspace_id, id)
);

create table mooring.members (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  person_id uuid not null references mooring.people on delete cascade,
  role text not null check (role in ('owner', 'admin', 'publisher', 'viewer')),
  added_at timestamptz not null default now(),
  primary key (workspace_id, person_id)
);
create index members_person on mooring.members (person_id);

create table mooring.invitations (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  token_hash bytea not null,
  email text not null check (email = lower(email)),
  role text not null check (role in ('owner', 'admin', 'publisher', 'viewer')),
  invited_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, email)
);
create index invitations_token on mooring.invitations (token_hash);

do $$
declare t text;
begin
  foreach t in array array['logins', 'two_factors', 'passkeys', 'sign_in_values'] loop
    execute format('alter table mooring.%I enable row level security, force row level security', t);
    execute format('create policy by_instance on mooring.%I using (mooring.is_instance()) with check (mooring.is_instance())', t);
  end loop;
  foreach t in array array['members', 'invitations'] loop
    execute format('alter table mooring.%I enable row level security, force row level security', t);
    execute format('create policy by_workspace on mooring.%I
                    using (workspace_id = mooring.current_workspace() or mooring.is_instance())
                    with check (workspace_id = mooring.current_workspace() or mooring.is_instance())', t);
  end loop;
  alter table mooring.sign_in_secrets enable row level security, force row level security;
  create policy by_workspace on mooring.sign_in_secrets using (workspace_id = mooring.current_workspace())
    with check (workspace_id = mooring.current_workspace());
end $$;

-- Whoever ran this server owns its workspace.
insert into mooring.members (workspace_id, person_id, role)
  select w.id, p.id, 'owner' from mooring.people p
  cross join (select id from mooring.workspaces order by created_at, id limit 1) w
  where p.operator;
