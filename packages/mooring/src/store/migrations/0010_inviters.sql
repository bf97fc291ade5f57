-- An invitation goes with whoever gave it: who is put out, or may do less, leaves no way in behind. Null: an API key gave it,
-- or it is older than this.

select set_config('mooring.scope', 'instance', true);

alter table mooring.invitations add column invited_by_id uuid references mooring.people on delete cascade;
create index invitations_inviter on mooring.invitations (workspace_id, invited_by_id);
