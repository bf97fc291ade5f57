-- Where a workspace's events are told of, what was told, and how far a workspace is with its first steps.

select set_config('mooring.scope', 'instance', true);

create table mooring.webhooks (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  id uuid not null,
  url text not null,
  -- By the names that they are told by. Null: all that are news.
  events text[],
  secret text not null,
  created_at timestamptz not null,
  created_by text not null,
  -- Since when nothing has arrived there.
  failing_since timestamptz,
  paused_at timestamptz,
  paused_why text check (paused_why in ('person', 'failing', 'gone')),
  primary key (workspace_id, id)
);

-- One event on its way to one endpoint. What it says is made of the event when it is sent: who was erased meanwhile is in none.
create table mooring.webhook_deliveries (
  workspace_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  -- Null: a test.
  event_id uuid,
  type text not null,
  -- `held`: its endpoint is paused.
  state text not null check (state in ('waiting', 'held', 'delivered', 'failed')),
  created_at timestamptz not null,
  tries integer not null default 0,
  last_tried_at timestamptz,
  last_status integer,
  last_fault text,
  primary key (workspace_id, id),
  foreign key (workspace_id, webhook_id) references mooring.webhooks on delete cascade,
  foreign key (workspace_id, event_id) references mooring.events on delete cascade
);
create index webhook_deliveries_page on mooring.webhook_deliveries (workspace_id, webhook_id, created_at desc, id desc);

-- What waits to be sent, written in the transaction of the event: ids and times, read over all workspaces.
create table mooring.webhooks_due (
  workspace_id uuid not null,
  delivery_id uuid not null,
  webhook_id uuid not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  primary key (workspace_id, delivery_id),
  foreign key (workspace_id, delivery_id) references mooring.webhook_deliveries on delete cascade
);
create index webhooks_due_at on mooring.webhooks_due (due_at);

-- Of the first steps only what nothing else tells.
create table mooring.onboarding_steps (
  workspace_id uuid not null references mooring.workspaces on delete cascade,
  step text not null,
  state text not null check (state in ('done', 'skipped')),
  at timestamptz not null,
  primary key (workspace_id, step)
);
alter table mooring.workspaces add column onboarding_seen_at timestamptz;
-- Who has been here for long is not greeted.
update mooring.workspaces set onboarding_seen_at = now();

do $$
declare t text;
begin
  foreach t in array array['webhooks', 'webhook_deliveries', 'onboarding_steps'] loop
    execute format('alter table mooring.%I enable row level security, force row level security', t);
    execute format('create policy by_workspace on mooring.%I using (workspace_id = mooring.current_workspace())
                    with check (workspace_id = mooring.current_workspace())', t);
  end loop;
end $$;
alter table mooring.webhooks_due enable row level security, force row level security;
create policy by_workspace on mooring.webhooks_due
  using (workspace_id = mooring.current_workspace() or mooring.is_instance())
  with check (workspace_id = mooring.current_workspace() or mooring.is_instance());
