-- 上行文: 请示 and 报告 as kinds of papers. Locks: each check is dropped and added under ACCESS EXCLUSIVE and reads the table once; papers are thousands.

set local lock_timeout = '3s';

alter table paper.issuer_code drop constraint issuer_code_paper_kind_check;
alter table paper.issuer_code add constraint issuer_code_paper_kind_check check (paper_kind in ('transfer-letter', 'notice', 'hand-over-list', 'public-notice', 'request', 'report'));
alter table paper.paper drop constraint paper_kind_check;
alter table paper.paper add constraint paper_kind_check check (kind in ('transfer-letter', 'notice', 'hand-over-list', 'public-notice', 'request', 'report'));
