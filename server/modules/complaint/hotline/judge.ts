import { readContacted, readResolved, readSatisfied } from '#domain/complaint/hotline/call-back.ts';
import { readExtension, readRedo, saysRedo } from '#domain/complaint/hotline/said.ts';
import { suggestedCategory } from '#domain/complaint/hotline/categories.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { canonicalEstateName } from '#domain/kernel/estate-name.ts';
import { orderColumns, type OrderField } from '#domain/ledger/orders/columns.ts';
import { checkOrder, readMoment, type OrderProblem } from '#domain/ledger/orders/read-order.ts';
import type { BodyFacts, Books, EstateFacts, KnownOrder } from './books.ts';
import type { Chosen, Settled, Texts } from './row-json.ts';

/** 核对的结果 of one row. */
export interface Judged { readonly outcome: 'new' | 'changed' | 'unchanged' | 'refused'; readonly title: string; readonly problems: readonly OrderProblem[]; readonly changes: readonly { readonly title: string; readonly before: string | null; readonly after: string | null }[]; readonly settled: Settled }

const MOST_CHOICES = 8;
/** Fields whose change is told to whoever handles the order. */
const watched: readonly OrderField[] = ['title', 'content', 'type', 'address', 'dueAt', 'urgency', 'status', 'redo', 'extension', 'isContacted', 'resolved', 'satisfied', 'calledBackAt'];

/** 核对一行: what the row says of itself, then what is already here. `first` is the row above that names the same order. */
export function judgeOrder(books: Books, texts: Texts, chosen: Chosen, known: KnownOrder | undefined, first: number | undefined): Judged {
  const settled = settle(books, texts, chosen);
  const problems: OrderProblem[] = [...checkOrder(texts), ...wordsNotRead(texts)];
  if (known === undefined) {
    if (settled.category === null) problems.push({ field: 'type', severity: 'error', message: (texts.type ?? '') === '' ? '“诉求类型”没有填写，请选择投诉类别' : `诉求类型“${texts.type ?? ''}”还没有对应的投诉类别，请选择` });
    if (settled.estateId === null && chosen.estateId === undefined) problems.push({ field: 'address', severity: 'warn', message: settled.estates.length > 1 ? `可能是${settled.estates.slice(0, 3).map(({ name }) => `“${name}”`).join('')}等小区，请选择；不选择的，照常导入为小区待认定` : '看不出是哪个小区，照常导入为小区待认定；知道的请选择' });
  }
  if (first !== undefined) problems.push({ field: 'orderNo', severity: 'warn', message: `与第${first}行是同一件工单，按更新处理，不会重复建件` });
  const changes = known === undefined ? [] : changesFrom(known, texts);
  if (known !== undefined && isRedo(known, texts) && readMoment(texts.dueAt ?? '') === null) problems.push({ field: 'dueAt', severity: 'error', message: '重办的工单没有写新的办理时限，请补上' });
  const isRefused = problems.some(({ severity }) => severity === 'error');
  const title = (texts.title ?? (texts.content ?? '').slice(0, 30)).slice(0, 100);
  return { outcome: isRefused ? 'refused' : known === undefined && first === undefined ? 'new' : known !== undefined && first === undefined && changes.length === 0 ? 'unchanged' : 'changed', title, problems, changes, settled };
}

function wordsNotRead(texts: Texts): OrderProblem[] {
  const readers = [['isContacted', readContacted], ['resolved', readResolved], ['satisfied', readSatisfied], ['redo', readRedo], ['extension', readExtension]] as const;
  return readers.flatMap(([field, read]): OrderProblem[] => (read(texts[field] ?? '') === undefined ? [{ field, severity: 'warn', message: `“${orderColumns[field].title}”写的是“${(texts[field] ?? '').slice(0, 20)}”，认不出，没有按它办理；${advice[field] ?? '请改成“是”“否”或者“满意”“基本满意”“不满意”'}` }] : []));
}

const advice: Partial<Record<OrderField, string>> = { redo: '要重办的请改成“是”，不重办的请改成“否”', extension: '请改成“同意”或者“不同意”；还没有批复的请改成“待批复”' };

/** 变化: what this file says otherwise than the last. A blank says nothing. */
export function changesFrom(known: KnownOrder, texts: Texts): { title: string; before: string | null; after: string | null }[] {
  return watched.flatMap((field) => {
    const [before, after] = [known.texts[field] ?? '', texts[field] ?? ''];
    return after === '' || after === before ? [] : [{ title: orderColumns[field].title, before: before === '' ? null : before.slice(0, SHOWN), after: after.slice(0, SHOWN) }];
  });
}
const SHOWN = 200;

/** 是否重办: the hotline newly says that an order we had done with is to be done again, or gives it a new day while saying so; the same file once more is no redoing, nor is another status beside a column that has long said yes. */
export function isRedo(known: KnownOrder, texts: Texts): boolean {
  if (!['replied', 'closed', 'refused', 'returned'].includes(known.status)) return false;
  const isNew = (...fields: readonly OrderField[]) => fields.some((field) => (texts[field] ?? '') !== (known.texts[field] ?? ''));
  return (readRedo(texts.redo ?? '') === true && isNew('redo', 'dueAt')) || (saysRedo(texts.status ?? '') && isNew('status', 'dueAt'));
}

/** 延期批复 as the file says it; null where it says nothing of it that can be read. */
export const extensionSaid = (texts: Texts): 'granted' | 'refused' | null => readExtension(texts.extension ?? '') ?? null;

function settle(books: Books, texts: Texts, chosen: Chosen): Settled {
  const body = bodyIn(books.bodies, texts.unit ?? '');
  const township = townshipOf(books, body) ?? bodyIn(books.bodies.filter(({ kind }) => kind === 'township'), texts.area ?? '') ?? bodyIn(books.bodies.filter(({ kind }) => kind === 'township'), texts.address ?? '');
  const found = estatesIn(books.estates, texts, township);
  const picked = chosen.estateId === undefined ? (found.length === 1 ? found[0] : undefined) : books.estates.find(({ id }) => id === chosen.estateId);
  const category = chosen.category ?? suggestedCategory(texts.type ?? '', books.types) ?? ((texts.type ?? '') === '' ? suggestedCategory(texts.title ?? '', books.types) : null);
  return {
    estateId: picked?.id ?? null, estate: picked?.name ?? null, townshipId: picked?.townshipId ?? township?.id ?? null, category, needsCategory: category === null, isPlaceOpen: picked === undefined,
    handlerId: body?.id ?? picked?.neighbourhoodId ?? picked?.townshipId ?? township?.id ?? books.firstBodyId,
    estates: picked === undefined || chosen.estateId !== undefined ? found.slice(0, MOST_CHOICES).map(({ id, name, place }) => ({ id, name, detail: place === '' ? null : place })) : [],
  };
}

/** 单位: the longest name that the words hold, or that holds the words. */
function bodyIn(bodies: readonly BodyFacts[], words: string): BodyFacts | undefined {
  const key = normaliseName(words);
  if (key.length < 2) return undefined;
  const exact = bodies.find((body) => body.key === key);
  if (exact !== undefined) return exact;
  const within = bodies.filter((body) => body.key.length >= 2 && (key.includes(body.key) || (key.length >= 3 && body.key.endsWith(key)))).toSorted((a, b) => b.key.length - a.key.length);
  return within.length > 1 && within[0]?.key === within[1]?.key ? undefined : within[0];
}
const townshipOf = ({ bodies }: Books, body: BodyFacts | undefined): BodyFacts | undefined => (body?.kind === 'township' ? bodies.find(({ id }) => id === body.id) : undefined);

/** A name of three signs and more is found anywhere; one of two only where it stands alone, not inside another word. */
function stands(name: string, key: string): boolean {
  const at = key.indexOf(name);
  if (at < 0) return false;
  if (name.length > 2) return true;
  return (at === 0 || /[^\u4e00-\u9fff]|[号路街道镇乡区内旁]/.test(key.charAt(at - 1))) && /^($|[^\u4e00-\u9fff]|[东西南北小门栋幢号内楼])/.test(key.slice(at + name.length));
}

/** 小区: by its own column, else by the address, the title and what was said; the longest name wins, the township settles between namesakes. */
function estatesIn(estates: readonly EstateFacts[], texts: Texts, township: BodyFacts | undefined): EstateFacts[] {
  for (const field of ['estate', 'address', 'title', 'content'] as const) {
    const words = texts[field] ?? '';
    if (words === '') continue;
    const key = canonicalEstateName(words);
    const named = estates.flatMap((estate) => { const longest = Math.max(0, ...estate.names.filter((name) => (name === key || stands(name, key))).map(({ length }) => length)); return longest === 0 ? [] : [{ estate, longest }]; });
    const most = Math.max(0, ...named.map(({ longest }) => longest));
    const best = named.filter(({ longest }) => longest === most).map(({ estate }) => estate);
    const there = township === undefined ? best : best.filter(({ townshipId }) => townshipId === township.id);
    if (best.length > 0) return there.length > 0 ? there : best;
    if (field !== 'address') continue;
    const plain = normaliseName(words);
    const standing = estates.filter(({ address }) => address.length >= 4 && plain.includes(address));
    if (standing.length > 0) return standing;
  }
  return [];
}
