-- complaint: a list narrowed to a category reads what it shows, however many years of other categories lie between. Two indexes, built while the county's complaints may still be read.

set local lock_timeout = '3s';

create index complaint_county_category_idx on complaint.complaint (county_id, category_code, id desc);
create index complaint_township_category_idx on complaint.complaint (township_id, category_code, id desc);
