import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { listOrgUnits } from '#contract/administration/org-unit.ts';
import { search } from '#contract/registry/directory.ts';
import { call } from '#web/kit/api/call.ts';
import { Combobox, type Option } from '#web/kit/fields/Combobox.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

const words = { estate: '小区', company: '企业', practitioner: '人员', unit: '房屋', owner: '业主' } as const;
const places = { estate: paths.estate, company: paths.company, practitioner: paths.practitioner, unit: paths.unit, owner: paths.owner } as const;
const FIELD = 'sz-search';

/** 全局搜索: one box for estates, companies, people, units and places; `/` puts the cursor here. */
export function Search() {
  const [q, type] = useState('');
  const navigate = useNavigate();
  useSlash();
  const asked = q.trim();
  const found = useQuery({ queryKey: ['search', asked], queryFn: ({ signal }) => call(search, { query: { q: asked, limit: 12 } }, { signal }), enabled: asked !== '' });
  const around = usePlaces(asked);
  const options = [...around, ...(asked === '' ? [] : (found.data?.hits ?? [])).map((hit) => ({ value: places[hit.kind](hit.id), label: hit.title, detail: `${words[hit.kind]} · ${hit.detail}` }))];
  return (
    <div className="sz-search" role="search">
      <Combobox
        id={FIELD} label="搜索小区、企业、人员、房屋" placeholder="搜小区、企业、人员、房屋（可用拼音首字母、电话后四位）" prefix={<SearchOutlined aria-hidden />}
        text={q} onText={type} options={options} none={found.isFetching ? '正在查找…' : `没有找到“${asked}”。换个简称、拼音首字母或完整号码试试`}
        onPick={(option) => {
          type('');
          // The reader goes on in the page that opens.
          document.getElementById('main')?.focus();
          void navigate({ href: option.value });
        }}
      />
    </div>
  );
}

const MOST_PLACES = 4;

/** 乡镇街道和社区 by a part of the name: a township's sheet, a neighbourhood's estates. Only for offices, whose work goes by places. */
function usePlaces(asked: string): Option[] {
  const post = useMe().data?.active;
  const units = useQuery({ queryKey: ['search-places'], queryFn: ({ signal }) => call(listOrgUnits, { query: {} }, { signal }), enabled: asked !== '', staleTime: 600_000 }).data?.rows;
  if (asked === '' || units === undefined || (post?.level !== 'county' && post?.level !== 'township')) return [];
  const mine = units.filter((unit) => unit.name.includes(asked) && (post.level === 'county' || unit.id === post.scopeId || unit.parentId === post.scopeId));
  return mine.flatMap((unit): Option[] => {
    if (unit.kind === 'township') return [{ value: paths.townshipSheet(unit.id), label: unit.name, detail: '乡镇街道 · 一镇一表' }];
    return unit.kind === 'neighbourhood' ? [{ value: `${paths.estates}?neighbourhoodId=${unit.id}`, label: unit.name, detail: '社区（村） · 所辖小区' }] : [];
  }).slice(0, MOST_PLACES);
}

function useSlash(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]') !== null;
      if (event.key !== '/' || isTyping) return;
      event.preventDefault();
      document.getElementById(FIELD)?.focus();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
