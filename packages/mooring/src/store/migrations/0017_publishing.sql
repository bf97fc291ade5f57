-- Posts, what becomes of them at each account, and the files in them.

select set_config('mooring.scope', 'instance', true);

-- Wall times are the person's: a slot survives a change of the clocks.
alter table mooring.workspaces
  add column time_zone text not null default 'UTC',
  add column missed_policy text not null default 'late' check (missed_policy in ('late', 'ask', 'drop')),
  add column missed_after_minutes integer not null default 120 check (missed_after_minutes between 1 and 43200);

-- What the rules of publishing depend on, as the platform said it when it was last asked.
alter table mooring.accounts add column traits jsonb not null default '{}';

create table mooring.media (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('image', 'gif', 'video', 'document')),
  mime text not null,
  file_name text not null,
  bytes bigint not null,
  sha256 text not null,
  width integer,
  height integer,
  duration_ms integer,
  frames integer,
  frames_per_second real,
  video_codec text,
  audio_codec text,
  pages integer,
  -- Of a file that was made of another, because a platform takes no other: of which, and as what.
  made_from uuid,
  made_as text,
  created_at timestamptz not null,
  created_by text not null,
  primary key (workspace_id, id),
  unique (workspace_id, made_from, made_as),
  foreign key (workspace_id, made_from) references mooring.media on delete cascade
);
create index media_page on mooring.media (workspace_id, created_at desc, id desc) where made_from is null;

create table mooring.posts (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  content jsonb not null,
  -- Accounts, each with what differs there.
  targets jsonb not null,
  -- True: nothing of it is to go out.
  draft boolean not null,
  at_local text,
  at_zone text,
  due_at timestamptz,
  -- The fence of changes.
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create index posts_page on mooring.posts (workspace_id, created_at desc, id desc);
create index posts_due on mooring.posts (workspace_id, due_at, id);
create index posts_changed on mooring.posts (workspace_id, updated_at);

-- One post to one account. What it is called stays where the account is gone.
create table mooring.deliveries (
  workspace_id uuid not null,
  id uuid not null,
  post_id uuid not null,
  account_id uuid,
  connection_id uuid,
  provider text not null,
  kind text not null,
  subject text not null,
  label text not null,
  handle text,
  picture text,
  state text not null check (state in ('scheduled', 'queued', 'sending', 'processing', 'waiting', 'published', 'failed',
                                       'unknown', 'skipped', 'missed', 'cancelled', 'removed')),
  -- As it goes out here: the post with what differs.
  content jsonb not null,
  due_at timestamptz,
  -- What is known at the platform so far (see provider-publishing.ts).
  progress jsonb not null default '{}',
  -- How often in a row something that may be repeated failed, and how often an unknown outcome was looked after.
  tries integer not null default 0,
  looks integer not null default 0,
  -- A person said: send it all the same, though it is late.
  released boolean not null default false,
  published_at timestamptz,
  external_id text,
  permalink text,
  warning text,
  fault_class text,
  fault_code text,
  fault_message text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, post_id) references mooring.posts on delete cascade
);
create index deliveries_post on mooring.deliveries (workspace_id, post_id);
create index deliveries_account on mooring.deliveries (workspace_id, account_id, due_at);
create index deliveries_open on mooring.deliveries (workspace_id, connection_id, due_at)
  where state in ('scheduled', 'queued', 'waiting');

-- What is to be done, read over all workspaces: ids and times. Whoever takes one holds it by its lease, whose end goes by the
-- database's clock: it is one for all processes, and nobody moves it.
create table mooring.deliveries_due (
  workspace_id uuid not null,
  delivery_id uuid not null,
  due_at timestamptz not null,
  -- The platform: one that is slow holds up its own alone.
  lane text not null,
  lease_id uuid,
  lease_until timestamptz,
  primary key (workspace_id, delivery_id),
  foreign key (workspace_id, delivery_id) references mooring.deliveries on delete cascade
);
create index deliveries_due_at on mooring.deliveries_due (due_at);

-- One try at what others will see: written before the request leaves.
create table mooring.delivery_attempts (
  workspace_id uuid not null,
  id uuid not null,
  delivery_id uuid not null,
  number integer not null,
  part text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text not null check (outcome in ('sending', 'accepted', 'refused', 'unknown', 'confirmed', 'absent')),
  status integer,
  provider_code text,
  message text,
  excerpt text,
  primary key (workspace_id, id),
  foreign key (workspace_id, delivery_id) references mooring.deliveries on delete cascade
);
create index delivery_attempts_of on mooring.delivery_attempts (workspace_id, delivery_id, number);

-- Uploads, polls and looks: what may be repeated.
create table mooring.delivery_steps (
  workspace_id uuid not null,
  id uuid not null,
  delivery_id uuid not null,
  at timestamptz not null,
  name text not null,
  status integer,
  message text,
  primary key (workspace_id, id),
  foreign key (workspace_id, delivery_id) references mooring.deliveries on delete cascade
);
create index delivery_steps_of on mooring.delivery_steps (workspace_id, delivery_id, at);

create table mooring.slots (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  weekday integer not null check (weekday between 1 and 7),
  at_time text not null check (at_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  primary key (workspace_id, weekday, at_time)
);

-- Claimed in the transaction of what it asks for.
create table mooring.idempotency_keys (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  key text not null,
  -- Of the route and the body.
  request_hash text not null,
  result_id uuid not null,
  created_at timestamptz not null,
  primary key (workspace_id, key)
);

-- What platforms let us do, learnt or counted. `holder`: a connection's or account's id; empty: the registration's.
create table mooring.budgets (
  registration text not null,
  holder text not null,
  endpoint text not null,
  limit_of integer,
  remaining integer not null,
  resets_at timestamptz not null,
  known text not null check (known in ('told', 'counted')),
  primary key (registration, holder, endpoint)
);

alter table mooring.events add column delivery_id uuid;

do $$
declare t text;
begin
  foreach t in array array['media', 'posts', 'deliveries', 'delivery_attempts', 'delivery_steps', 'slots', 'idempotency_keys'] loop
    execute format('alter table mooring.%I enable row level security, force row level security', t);
    execute format('create policy by_workspace on mooring.%I using (workspace_id = mooring.current_workspace())
                    with check (workspace_id = mooring.current_workspace())', t);
  end loop;
end $$;
alter table mooring.deliveries_due enable row level security, force row level security;
create policy by_workspace on mooring.deliveries_due
  using (workspace_id = mooring.current_workspace() or mooring.is_instance())
  with check (workspace_id = mooring.current_workspace() or mooring.is_instance());
alter table mooring.budgets enable row level security, force row level security;
create policy of_instance on mooring.budgets using (mooring.is_instance()) with check (mooring.is_instance());
