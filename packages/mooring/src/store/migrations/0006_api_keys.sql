-- Keys that end by themselves, and who made them.
alter table mooring.api_keys
  add column expires_at timestamptz,
  add column created_by text;
