import type { Output } from '#contract/define-route.ts';
import type { getQuality } from '#contract/registry/sheet.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Located } from '../../quality.ts';
import type { EstateFacts } from '../../store/estates.ts';
import type { EstateRecord } from '../../store/records.ts';

export type Finding = Output<typeof getQuality>['findings'][number];
/** 数据问题 with the place it is counted under; companies and their people belong to none. */
export type Placed = Finding & { readonly townshipId: Id<'OrgUnit'> | null; readonly estateName: string | null };
type Place = Pick<Placed, 'estateId' | 'estateName' | 'townshipId' | 'township'>;

export const placeOf = (row: EstateRecord, { names }: EstateFacts): Place => ({ estateId: row.id, estateName: row.name, townshipId: row.townshipId, township: names.get(row.townshipId) ?? null });
export const NOWHERE: Place = { estateId: null, estateName: null, townshipId: null, township: null };

/** A finding with what it is called and where it is counted. */
export const placed = ({ rule, severity, title, message, target, repair }: Located, subjectName: string, place: Place): Placed => ({ rule, severity, title, message, target, repair, subjectName, ...place });
