-- 后台作业: a township's own import is a job too; everybody who works in the county may start one and see how far the county's are.
-- Locks: policies only, milliseconds.

set local lock_timeout = '3s';

create policy job_start_below on platform.job for insert to shanzhi_app
  with check ((select platform.scope_level()) in ('township', 'neighbourhood') and county_id = (select platform.scope_county()));
create policy job_read_below on platform.job for select to shanzhi_app
  using ((select platform.scope_level()) in ('township', 'neighbourhood') and county_id = (select platform.scope_county()));
