import type { PublicationKind } from '#domain/publication/kind.ts';
import { formationSource } from './kinds/formation.ts';
import type { Drawing, Drawn, PublicationSource } from './kinds/kind.ts';
import { overdueSource } from './kinds/overdue.ts';
import { paperSource } from './kinds/paper.ts';
import { companiesSource, estateSource } from './kinds/registry-facts.ts';

/** 全部种类: the only list of what can be published and how each is drawn up. */
export const publicationKinds: Readonly<Record<PublicationKind, PublicationSource>> = {
  announcement: { kind: 'announcement', draw: null }, paper: paperSource, estate: estateSource, companies: companiesSource, formation: formationSource,
  'overdue-category': overdueSource('category'), 'overdue-township': overdueSource('township'), 'overdue-company': overdueSource('company'),
};

/** 带出内容; null for what is written by hand. @throws Problem saying why its subject cannot be published */
export const draw = (kind: PublicationKind, drawing: Drawing): Promise<Drawn | null> => publicationKinds[kind].draw?.(drawing) ?? Promise.resolve(null);
