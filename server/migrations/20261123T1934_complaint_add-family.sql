-- complaint: for whom in the family somebody speaks. Two columns that may stay empty; no row is rewritten.
alter table complaint.complainant
  add column family_relation    text check (family_relation in ('parent', 'grandparent', 'spouse', 'child', 'other')),
  add column family_name_cipher text,
  add constraint complainant_family_check check (is_for_family or (family_relation is null and family_name_cipher is null));
comment on column complaint.complainant.family_relation is '代谁提出(与投诉人的关系)';
comment on column complaint.complainant.family_name_cipher is '家人的姓名(密文)[pii:name]';
