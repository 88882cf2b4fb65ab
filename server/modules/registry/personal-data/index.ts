import { idsOf, type PersonalData } from '#platform/personal/person.ts';
import { eraseOwners, findOwners } from './owners.ts';
import { eraseContacts, erasePractitioners, findContacts, findPractitioners } from './people.ts';
import { eraseInPlaces, placeScans } from './places.ts';

/** 基础台账中的个人信息. Search entries go with the record they find; ownership and terms of managers name only ids. */
export const registryPersonalData: PersonalData = {
  tables: ['registry.owner', 'registry.owner_purpose', 'registry.ownership', 'registry.practitioner', 'registry.estate_manager', 'registry.contact', 'registry.estate', 'registry.company', 'registry.unit', 'registry.search_entry'],
  find: async (db, clue) => [...await findOwners(db, clue), ...await findPractitioners(db, clue), ...await findContacts(db, clue)],
  scans: placeScans,
  erase: async (tx, records, clue) => [
    ...await eraseOwners(tx, idsOf(records, 'registry.owner'), clue), ...await erasePractitioners(tx, idsOf(records, 'registry.practitioner'), clue),
    ...await eraseContacts(tx, idsOf(records, 'registry.contact'), clue), ...await eraseInPlaces(tx, idsOf(records, 'registry.place'), clue),
  ],
};
