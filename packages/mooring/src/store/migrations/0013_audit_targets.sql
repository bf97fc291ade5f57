-- What a target was called when it happened: a name outlives what bore it. And who looks for one thing finds it.

alter table mooring.audit_entries add column target_label text;
create index audit_entries_target on mooring.audit_entries (workspace_id, target_id, at desc) where target_id is not null;
