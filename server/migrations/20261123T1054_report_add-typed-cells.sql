-- report: what the clerk types at each filling is kept with the form. A short exclusive lock on report.form; no row is rewritten.

set local lock_timeout = '3s';

alter table report.form add column typed_cells jsonb not null default '[]';
comment on column report.form.typed_cells is '每次填写的格上次填的内容(工作表、单元格、文字)';
