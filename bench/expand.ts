/**
 * 房屋的展开: set-based SQL that turns each estate's planned number of units (temp table `bench_estate`) into buildings, units, areas, owners,
 * ownership, rollups and search entries. Areas, sources, names and phones are random; `setseed` makes a run repeatable.
 */
export const expansion: readonly string[] = [
  'select setseed(0.4207)',
  `create temp table bench_building as
     select uuidv7() as id, e.id as estate_id, n as building_no from bench_estate e, generate_series(1, (e.size + 59) / 60) n order by e.id, n`,
  `insert into registry.building (id, county_id, township_id, neighbourhood_id, estate_id, company_id, name, match_key, floors, lift_count)
     select b.id, e.county_id, e.township_id, e.neighbourhood_id, e.id, e.company_id, b.building_no || '幢', b.building_no::text, 15, 1 from bench_building b join registry.estate e on e.id = b.estate_id`,
  // Sixty units a building: fifteen floors of four.
  `insert into registry.unit (id, county_id, township_id, neighbourhood_id, estate_id, company_id, building_id, entrance, room, match_key, usage)
     select uuidv7(), e.county_id, e.township_id, e.neighbourhood_id, e.id, e.company_id, b.id, '1', room, b.building_no || '-1-' || room, case when random() < 0.97 then 'residential' else 'commercial' end
       from bench_estate s join registry.estate e on e.id = s.id join bench_building b on b.estate_id = s.id
       cross join lateral (select ((k - 1) / 4 + 1)::text || '0' || ((k - 1) % 4 + 1)::text as room from generate_series(1, least(60, s.size - (b.building_no - 1) * 60)) k) rooms
      order by e.id, b.building_no`,
  `insert into registry.unit_area (id, county_id, township_id, neighbourhood_id, estate_id, company_id, unit_id, area_cm2, area_source, recorded_at)
     select uuidv7(), county_id, township_id, neighbourhood_id, estate_id, company_id, id, (5000 + floor(random() * 9000))::bigint * 100,
            (array['register','register','register','register','survey','contract'])[1 + floor(random() * 6)::int], '2024-12-16T02:00:00Z' from registry.unit order by id`,
  `create temp table bench_owner as
     select uuidv7() as id, u.id as unit_id, 1 + floor(random() * (select count(*) from bench_person))::int as person_no from registry.unit u where random() < 0.97 order by u.id`,
  `insert into registry.owner (id, county_id, township_id, neighbourhood_id, estate_id, company_id, kind, name, match_key, id_cipher, id_index, id_last4, phone_cipher, phone_index, phone_last4)
     select o.id, u.county_id, u.township_id, u.neighbourhood_id, u.estate_id, u.company_id, 'person', p.name, 'id:' || p.id_index || ':' || u.match_key, p.id_cipher, p.id_index, p.id_last4, p.phone_cipher, p.phone_index, p.phone_last4
       from bench_owner o join registry.unit u on u.id = o.unit_id join bench_person p on p.person_no = o.person_no order by o.id`,
  `insert into registry.ownership (id, county_id, township_id, neighbourhood_id, estate_id, company_id, unit_id, owner_id, kind, basis, valid_from, recorded_at)
     select uuidv7(), u.county_id, u.township_id, u.neighbourhood_id, u.estate_id, u.company_id, u.id, o.id, 'owner', 'register', date '2008-01-01' + floor(random() * 6000)::int, '2024-12-16T02:00:00Z'
       from bench_owner o join registry.unit u on u.id = o.unit_id order by o.id`,
  `insert into registry.search_entry (kind, subject_id, county_id, township_id, neighbourhood_id, estate_id, company_id, title, detail, haystack, grams)
     select 'unit', u.id, u.county_id, u.township_id, u.neighbourhood_id, u.estate_id, u.company_id, e.name || ' ' || b.name || '1单元' || u.room || '室', e.name, u.match_key || ' ' || b.name || '1单元' || u.room || '室', '{}'
       from registry.unit u join registry.building b on b.id = u.building_id join registry.estate e on e.id = u.estate_id order by u.id`,
  `insert into registry.estate_rollup (estate_id, county_id, township_id, neighbourhood_id, company_id, unit_count, area_cm2, head_count, weak_head_count, updated_at)
     select e.id, e.county_id, e.township_id, e.neighbourhood_id, e.company_id, count(*), coalesce(sum(a.area_cm2), 0), count(*), 0, now()
       from registry.estate e join registry.unit u on u.estate_id = e.id left join registry.unit_area a on a.unit_id = u.id group by e.id`,
];

/** The tables whose own indexes are dropped while they are filled and made again afterwards. */
export const filled = ['registry.unit', 'registry.unit_area', 'registry.owner', 'registry.ownership', 'registry.search_entry'] as const;
