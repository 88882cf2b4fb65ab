import type { Answer } from '#contract/define-route.ts';
import type { getCollection, getCollectionBoard } from '#contract/collection.ts';
import { writeCellText } from '#domain/collection/cell-text.ts';
import type { CellContent, Column } from '#domain/collection/column.ts';
import { answerSources } from '#domain/collection/merge.ts';
import { collectionStates, partStates, type CollectionState, type PartState } from '#domain/collection/standing.ts';
import { instantWords } from '#web/kit/schema/words.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';

export type CollectionValue = Answer<typeof getCollection>;
export type BoardValue = Answer<typeof getCollectionBoard>;

const tones: Readonly<Record<CollectionState, Tone>> = { draft: 'info', issued: 'good', ended: 'plain', closed: 'plain', withdrawn: 'bad' };
const partTones: Readonly<Record<PartState, Tone>> = { waiting: 'info', returned: 'warn', overdue: 'bad', answered: 'good' };

/** 采集任务状态标签. */
export const CollectionTag = ({ state }: { state: CollectionState }) => <StatusTag tone={tones[state]}>{collectionStates[state]}</StatusTag>;
/** 一份的状态标签. */
export const PartTag = ({ state }: { state: PartState }) => <StatusTag tone={partTones[state]}>{partStates[state]}</StatusTag>;

/** 一格的说法: units where the column's title does not say them. */
export function contentWords(column: Pick<Column, 'kind' | 'choices'>, value: CellContent): string {
  return value === null ? '空' : writeCellText(column, value);
}

/** 一份填报的说法: which way, by whom, when. */
export const answerWords = ({ source, byName, fileName, at }: BoardValue['answers'][number]): string => `${answerSources[source]}${fileName === null ? '' : `《${fileName}》`}（${byName}，${instantWords(at)}）`;
