import { id } from '#contract/kernel.ts';
import { OWNER_HOME } from '#contract/owner-paths.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { useAddress } from './address.ts';
import { EstatePage } from './pages/EstatePage.tsx';
import { FilePage } from './pages/FilePage.tsx';
import { FindPage } from './pages/FindPage.tsx';
import { MinePage } from './pages/MinePage.tsx';
import { MissingPage } from './pages/MissingPage.tsx';
import { PrivacyPage } from './pages/PrivacyPage.tsx';
import { ReceiptPage } from './pages/ReceiptPage.tsx';
import { Go } from './parts/Go.tsx';
import { TypeSize } from './parts/TypeSize.tsx';
import { ownerPaths } from './paths.ts';

const uuid = id('Estate');

/** 业主端: which page the address names, between one line above and one below. */
export function App() {
  const address = useAddress();
  return (
    <>
      <header>
        <Go to={OWNER_HOME} className="brand">我的小区</Go>
        <TypeSize />
      </header>
      <Shown address={address} />
      <footer>
        <p><Go to={ownerPaths.privacy(estateOf(address))}>个人信息怎样处理</Go></p>
        <p>不收费，不要求转账，不索要银行卡信息。</p>
      </footer>
    </>
  );
}

/** The estate that the address names, in its path or behind `e`. */
function estateOf({ pathname, searchParams }: URL): Id<'Estate'> | null {
  const [, , page, key] = pathname.split('/');
  return uuid.safeParse(page === 'e' ? key : searchParams.get('e')).data ?? null;
}

function Shown({ address }: { address: URL }) {
  const [, , page = '', key = '', ...rest] = address.pathname.split('/');
  if (page === '') return <FindPage key={address.search} address={address} />;
  if (page === 'privacy' && key === '') return <PrivacyPage estateId={estateOf(address)} />;
  if (page === 'my' && key === '') return <MinePage key={address.search} address={address} />;
  const estateId = uuid.safeParse(key).data;
  if (page === 'e' && estateId !== undefined && rest.length === 0) return <EstatePage key={estateId} estateId={estateId} door={address.searchParams} />;
  if (page === 'e' && estateId !== undefined && rest.length === 1 && rest[0] === 'new') return <FilePage key={estateId} estateId={estateId} address={address} />;
  if (page === 'r' && key === '') return <ReceiptPage key={address.hash} token={address.hash.slice(1)} />;
  return <MissingPage />;
}
