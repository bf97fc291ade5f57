-- What Instagram asks of a video besides: how its sound is sampled, and that its table of contents comes first. Unknown for older files.
alter table mooring.media
  add column audio_hz integer,
  add column moov_first boolean;
