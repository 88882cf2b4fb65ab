import { PhoneOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { getDirectory, postContact } from '#contract/registry/directory.ts';
import { useAsOfWords } from '#web/kit/AsOf.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page } from '#web/kit/Page.tsx';
import { fieldsOf } from '#web/kit/schema/field-facts.ts';
import { numberWords } from '#web/kit/schema/words.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { Nothing } from '#web/kit/states.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { Filters } from '#web/kit/table/Filters.tsx';
import { paths } from '#web/paths.ts';
import { ContactActions } from './ContactActions.tsx';

type Group = Answer<typeof getDirectory>['groups'][number];
type Entry = Group['entries'][number];

/** 通讯录: everyone by body and post, duty telephones first, one tap to call. */
export function DirectoryPage() {
  const may = useMay();
  const [url, change] = useUrlState();
  const query = getDirectory.query.safeParse(url);
  const book = useRoute(getDirectory, { query: query.success ? query.data : {} }, { keeps: true });
  const asOf = useAsOfWords();
  const groups = [...(book.data?.groups ?? [])].sort((a, b) => Number(b.kind === 'all-hours') - Number(a.kind === 'all-hours'));
  const folded = isFolded(groups.length, url);
  return (
    <Page
      title="通讯录" lead="点号码即可拨打。24小时值班电话排在最前。" needs={[book]}
      actions={may('registry.edit') && <RouteDialog route={postContact} params={{}} words="登记联系人" title="登记联系人" submit="登记" done="已登记" first={{ kind: 'officer', isAllHours: false, sortNo: 100 }} extras={{ isAllHours: { title: '24小时值班电话' }, sortNo: { help: '数字小的排在前面' } }} />}
    >
      <Filters facts={fieldsOf(getDirectory.query)} values={url} onChange={change} />
      <ShareBar name="通讯录" of="book" text={() => book.data?.text ?? ''} />
      {groups.length === 0 ? <Nothing words="没有符合条件的联系人" /> : <div id="book"><p className="sz-as-of-words">通讯录，{asOf}，{numberWords(book.data?.total ?? 0)} 人次</p><div className="sz-book">{groups.map((group) => <GroupBlock key={`${group.key}${folded}`} group={group} isFolded={folded} />)}</div></div>}
    </Page>
  );
}

const MANY = 12;
/** On a phone the whole book is seventy screens: unless something was asked for, its groups wait to be opened. */
const isFolded = (groups: number, url: Readonly<Record<string, string>>): boolean => groups > MANY && Object.keys(url).length === 0 && window.matchMedia('(max-width: 640px)').matches;

function GroupBlock({ group, isFolded }: { group: Group; isFolded: boolean }) {
  const entries = <ul>{group.entries.map((entry) => <li key={`${entry.subject.kind}${entry.subject.id}${entry.post}${entry.estate?.id ?? ''}`}><EntryLine entry={entry} isMarked={group.kind !== 'all-hours'} /></li>)}</ul>;
  return (
    <section className="sz-section" aria-label={group.title}>
      {isFolded && group.kind !== 'all-hours' ? <details><summary><h2 className="sz-inline">{group.title}</h2> <span className="sz-muted">{numberWords(group.entries.length)} 条</span></summary>{entries}</details> : <><h2>{group.title}</h2>{entries}</>}
    </section>
  );
}

/** Among the duty telephones everything is round the clock; elsewhere it is marked. */
function EntryLine({ entry, isMarked }: { entry: Entry; isMarked: boolean }) {
  return (
    <>
      <strong>{entry.name}</strong>
      <span className="sz-muted">{entry.post}</span>
      {entry.estate !== null && <Link to={paths.estate(entry.estate.id)}>{entry.estate.name}</Link>}
      {isMarked && entry.isAllHours && <StatusTag tone="info">24小时</StatusTag>}
      {entry.phone === null ? <span className="sz-call sz-muted">无电话</span> : /^[\d\-+ ]+$/.test(entry.phone) ? <a className="sz-call" href={`tel:${entry.phone.replaceAll(/[ ]/g, '')}`}><PhoneOutlined aria-hidden /> {entry.phone}</a> : <span className="sz-call">{entry.phone}</span>}
      {entry.subject.kind === 'contact' && entry.can.edit === true && <ContactActions contactId={entry.subject.id} />}
    </>
  );
}
