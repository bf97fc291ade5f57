-- What a workspace says of its business, how a person reads dates, and which events send a letter to whom.

select set_config('mooring.scope', 'instance', true);

alter table mooring.workspaces
  add column website text,
  -- Whom the business wants to reach, in its own words.
  add column ideal_customer text;

alter table mooring.people
  -- An IANA zone and a BCP 47 tag; null: the browser's own.
  add column time_zone text,
  add column locale text;

-- Only what differs from the default for the member's role.
create table mooring.notification_choices (
  workspace_id uuid not null,
  person_id uuid not null,
  kind text not null,
  letter boolean not null,
  primary key (workspace_id, person_id, kind),
  foreign key (workspace_id, person_id) references mooring.members on delete cascade
);

-- Events that a letter has to tell of, written in the transaction of the event: ids and times, read over all workspaces.
create table mooring.letters_due (
  workspace_id uuid not null,
  event_id uuid not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  primary key (workspace_id, event_id),
  foreign key (workspace_id, event_id) references mooring.events on delete cascade
);
create index letters_due_at on mooring.letters_due (due_at);

alter table mooring.notification_choices enable row level security, force row level security;
create policy by_workspace on mooring.notification_choices using (workspace_id = mooring.current_workspace())
  with check (workspace_id = mooring.current_workspace());
alter table mooring.letters_due enable row level security, force row level security;
create policy by_workspace on mooring.letters_due
  using (workspace_id = mooring.current_workspace() or mooring.is_instance())
  with check (workspace_id = mooring.current_workspace() or mooring.is_instance());
