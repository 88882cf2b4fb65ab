import { Button } from 'antd';
import { getFormation } from '#contract/target.ts';
import { useAsOfWords } from '#web/kit/AsOf.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { useMay, useMe } from '#web/kit/session/use-me.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';
import { FormationTile } from '#web/kit/domain/FormationTile.tsx';
import { Backups } from './Backups.tsx';
import { SentDown } from './Collections.tsx';
import { Counts } from './Counts.tsx';
import { LongOpen } from './LongOpen.tsx';
import { MyDuties } from './MyDuties.tsx';
import { RecentImports } from './RecentImports.tsx';
import { ToMend } from './ToMend.tsx';
import { ToPublish } from './ToPublish.tsx';

/** 首页「待办与时限」: what the person's body holds first, then how the county stands and what to mend, without a tour. */
export function HomePage() {
  const me = useMe();
  const may = useMay();
  const post = me.data?.active;
  const sees = { registry: may('registry.read'), rate: may('target.read'), quality: may('quality.read'), imports: may('ledger.import'), backups: may('operations.backup.read') };
  const asOf = useAsOfWords();
  const isBare = !Object.values(sees).some(Boolean);
  return (
    <Page
      title="待办与时限" lead={me.data && <>{dateWords(me.data.today)}　{me.data.user.name}{post === null || post === undefined ? '' : `，${postWords(post)}`}</>}
      actions={sees.imports && <LinkButton to={paths.importNew} isPrimary>导入台账</LinkButton>}
    >
      {isBare && <Nothing words={bareWords(post)} action={<span className="sz-actions">{doors.filter(({ permission }) => may(permission)).map(({ title, to }) => <LinkButton key={to} to={to}>{title}</LinkButton>)}{post?.role === 'owner' && <><Button type="primary" href={paths.publicItems}>看公开信息</Button><LinkButton to={paths.sessions}>登录与安全</LinkButton></>}</span>} />}
      <div id="home">
        {!isBare && <p className="sz-as-of-words">{post?.scopeName === undefined ? '' : `${post.scopeName}，`}{asOf}</p>}
        {may('obligation.read') && <MyDuties />}
        {may('complaint.read') && post?.level !== 'company' && <LongOpen />}
        {may('collection.read') && <SentDown />}
        {may('publication.read') && <ToPublish />}
        {sees.registry && <Counts />}
        {sees.backups && <Backups />}
        {sees.rate && <Rate />}
        <div className="sz-two">{sees.quality && <ToMend />}{sees.imports && <RecentImports />}</div>
      </div>
      {sees.registry && <ShareBar name="今天" of="home" text={() => document.getElementById('home')?.innerText ?? ''} />}
    </Page>
  );
}

type Post = NonNullable<NonNullable<ReturnType<typeof useMe>['data']>['active']>;

/** 岗位 in words: only an office has an area in its charge. */
function postWords({ role, roleTitle, level, scopeName }: Post): string {
  if (role === 'owner' || role === 'committee-member') return `${scopeName}${roleTitle}`;
  return level === 'company' || level === 'estate' ? `${scopeName}，${roleTitle}` : `${roleTitle}，管辖${scopeName}`;
}

/** Where the administrators' work is: they see no figures. */
const doors = [
  { title: '用户与岗位', to: paths.users, permission: 'administration.user.read' },
  { title: '个人信息保护', to: paths.personalData, permission: 'privacy.read' },
  { title: '工作交接', to: paths.handOvers, permission: 'handover.read' },
  { title: '操作记录与核验', to: paths.audit, permission: 'administration.audit.read' },
  { title: '登录记录', to: paths.signIns, permission: 'administration.sign-in.read' },
] as const;

/** What to do for whom the registry and its figures are not meant. */
function bareWords(post: Post | null | undefined): string {
  if (post === null || post === undefined) return '您目前没有在任岗位，请联系安全管理员。';
  if (post.role === 'owner') return `您以${post.scopeName}业主的身份登录。目前可以看公开信息、工作日历，修改密码和管理登录设备；小区的事情请联系社区或物业服务中心。`;
  return '您负责的工作在这里：';
}

function Rate() {
  const formation = useRoute(getFormation, { query: {} });
  return (
    <Section title="业委会组建率">
      {formation.data !== undefined ? <FormationTile value={formation.data} /> : formation.error !== null ? <Failed error={formation.error} /> : <Loading rows={3} />}
    </Section>
  );
}
