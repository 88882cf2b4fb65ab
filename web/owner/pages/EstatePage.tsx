import type { Answer } from '#contract/define-route.ts';
import { doorName, OWNER_HOME } from '#contract/owner-paths.ts';
import { lookAtEstate } from '#contract/owner.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { publicationKindLabels } from '#domain/publication/kind.ts';
import { call } from '../api.ts';
import { Blocks } from '../parts/Blocks.tsx';
import { Go } from '../parts/Go.tsx';
import { Page } from '../parts/Page.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { ownerPaths } from '../paths.ts';
import { useAnswer } from '../use-answer.ts';

type Estate = Answer<typeof lookAtEstate>;

/** 小区页: where a poster's code leads. */
export function EstatePage({ estateId, door }: { estateId: Id<'Estate'>; door: URLSearchParams }) {
  const asked = useAnswer(estateId, () => call(lookAtEstate, { params: { estateId } }));
  if (asked.data === undefined) return <Page title="小区"><Waiting of={asked} />{asked.refusal !== null && <p><Go to={OWNER_HOME}>按名称找小区</Go></p>}</Page>;
  const estate = asked.data;
  return (
    <Page key={estate.id} title={`${estate.name}${estate.phase ?? ''}`} lead={<>{estate.county}{estate.township}{estate.neighbourhood ?? ''}<Standing estate={estate} door={door} /></>}>
      <nav aria-label="办事" className="doors"><Go to={ownerPaths.file(estate.id, door)} className="button primary">反映问题</Go><Go to={ownerPaths.file(estate.id, door, { c: 'J02' })} className="button">提个建议</Go><Go to={ownerPaths.mine(estate.id)} className="button">我的房屋和投诉</Go></nav>
      <Facts estate={estate} />
      <Counters estate={estate} />
      <Items estate={estate} />
      <p><Go to={OWNER_HOME}>不是这个小区？按名称查找</Go></p>
    </Page>
  );
}

function Standing({ estate, door }: { estate: Estate; door: URLSearchParams }) {
  const here = estate.entrances.find(({ buildingId, entrance }) => buildingId === door.get('b') && entrance === (door.get('u') ?? ''));
  return here === undefined ? null : <><br />您扫的是{doorName(here.building, here.entrance)}的二维码</>;
}

function Facts({ estate: { facts, township } }: { estate: Estate }) {
  if (facts === null) return <section aria-label="小区信息"><h2>小区信息</h2><p>物业公司、收费标准、业委会等信息还没有公开发布。想了解的，请向{township}询问。</p></section>;
  return (
    <section aria-label="小区信息">
      <h2>小区信息</h2>
      <Blocks of={facts.blocks} />
      <p className="soft">{facts.item.issuer}{dateText(facts.item.issuedOn)}发布，索引号{facts.item.indexNo}。</p>
    </section>
  );
}

/** What the county decided to publish of how complaints are kept waiting; nothing stands here without a decision. */
function Counters({ estate: { counters } }: { estate: Estate }) {
  return counters.map(({ item, blocks }) => (
    <section key={item.id} aria-label={item.title}>
      <h2>{item.title}</h2>
      <Blocks of={blocks} />
      <p className="soft">{item.issuer}{dateText(item.issuedOn)}发布，索引号{item.indexNo}。<a href={`/public/${item.id}`}>看原件</a></p>
    </section>
  ));
}

function Items({ estate: { items } }: { estate: Estate }) {
  return (
    <section aria-label="公开信息">
      <h2>公开信息</h2>
      {items.length === 0 && <p>目前没有与本小区有关的公开信息。</p>}
      <ul className="rows">
        {items.map((item) => <li key={item.id}><a href={`/public/${item.id}`}><strong>{item.title}</strong><span>{publicationKindLabels[item.kind]}，{item.issuer}，{dateText(item.issuedOn)}</span></a></li>)}
      </ul>
    </section>
  );
}
