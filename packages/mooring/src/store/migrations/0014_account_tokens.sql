-- The token that some platforms give each account (a Page's), sealed.

alter table mooring.accounts add column access_token text;
