-- Which papers were drafted for which complaint: the case file lists and binds them. A new table only, no lock on others.

set local lock_timeout = '3s';

create table complaint.complaint_paper (
  complaint_id     uuid not null references complaint.complaint (id),
  paper_id         uuid not null references paper.paper (id),
  county_id        uuid not null,
  township_id      uuid,
  neighbourhood_id uuid,
  estate_id        uuid,
  title            text not null check (char_length(title) between 1 and 300),
  created_at       timestamptz not null,
  primary key (complaint_id, paper_id)
);
comment on table complaint.complaint_paper is '投诉件的文书:为这件投诉拟的转办函等,编入卷宗';
comment on column complaint.complaint_paper.title is '拟稿时的标题;看不到文书的单位在卷宗里只看到标题';
create index complaint_paper_paper_idx on complaint.complaint_paper (paper_id);
call platform.protect('complaint.complaint_paper');
create policy no_company on complaint.complaint_paper as restrictive to shanzhi_app using ((select platform.scope_level()) not in ('estate', 'company'));
