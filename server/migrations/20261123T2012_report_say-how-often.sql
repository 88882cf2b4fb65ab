-- 报送周期: a form that is sent each month, quarter or year says so, and within how many days after the period's last. Two nullable columns: no rewrite.

set local lock_timeout = '3s';

alter table report.form add column every text check (every in ('month', 'quarter', 'year')), add column days_after integer check (days_after between 0 and 60);
alter table report.form add constraint form_cadence_check check ((every is null) = (days_after is null));
comment on column report.form.every is '报送周期;空为不固定';
comment on column report.form.days_after is '每期最后一日之后几天内报送;0 为最后一日';
