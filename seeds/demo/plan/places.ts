import type { Id } from '#domain/kernel/brand.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { BodyRow, Making } from './rows.ts';

/** 演示县的代码与名称; both made up. */
export const demoCounty: County = { code: '990100', name: '安和县' };

/** A county to make up: its code of six digits and its name. */
export interface County { readonly code: string; readonly name: string }

/** A township as planned: `weight` is its share of the estates. */
interface TownshipFact { readonly name: string; readonly subkind: '街道' | '镇' | '乡' | '开发区'; readonly neighbourhoods: number; readonly weight: number }
const townshipFacts: readonly TownshipFact[] = [
  { name: '文澜街道', subkind: '街道', neighbourhoods: 10, weight: 30 },
  { name: '宁川街道', subkind: '街道', neighbourhoods: 9, weight: 26 },
  { name: '东麓街道', subkind: '街道', neighbourhoods: 8, weight: 20 },
  { name: '柳荫街道', subkind: '街道', neighbourhoods: 7, weight: 14 },
  { name: '清棠镇', subkind: '镇', neighbourhoods: 7, weight: 12 },
  { name: '禾塘镇', subkind: '镇', neighbourhoods: 5, weight: 7 },
  { name: '梧岭镇', subkind: '镇', neighbourhoods: 5, weight: 5 },
  { name: '银渡镇', subkind: '镇', neighbourhoods: 5, weight: 5 },
  { name: '松陂镇', subkind: '镇', neighbourhoods: 4, weight: 3 },
  { name: '石莲乡', subkind: '乡', neighbourhoods: 3, weight: 1 },
  { name: '云埂乡', subkind: '乡', neighbourhoods: 3, weight: 1 },
  { name: '安和经济开发区', subkind: '开发区', neighbourhoods: 4, weight: 10 },
];

const sizes = { 街道: 1, 镇: 0.65, 乡: 0.2, 开发区: 1.2 } as const;

const HALL = ['望湖', '桥东', '桥西', '兴文', '书院', '南门', '北塘', '长堤', '梅园', '新丰', '永福', '会源', '九曲', '双井', '竹林', '青云', '石鼓', '凤鸣', '清河', '槐荫', '花坞', '晒谷', '古渡', '前进', '和睦', '向阳', '瓦窑', '丰乐', '西堰', '秋水', '杏坛', '麦岭', '枫桥头', '三坊', '水碓', '钟楼', '银杏', '菱湖', '渔埠', '油坊', '老街', '茶亭', '东篱', '松岗', '荷塘', '祥和', '云溪', '陶家', '万年', '金粟', '柳堤', '砚池', '栗园', '溪口', '棠下', '禾场', '梧桐坪', '岭脚', '渡口', '银滩', '沙洲', '松坡', '松涛', '陂头', '莲湾', '石桥头', '莲塘', '云坪', '埂上', '梯田', '创新', '兴业', '科苑', '振兴'];

const departments: readonly (readonly [name: string, kind: BodyRow['kind']])[] = [
  ['住房和城乡建设局', 'bureau'], ['综合行政执法局', 'department'], ['公安局', 'department'], ['市场监督管理局', 'department'], ['消防救援大队', 'department'],
  ['自然资源和规划局', 'department'], ['信访局', 'department'], ['司法局', 'department'], ['数据管理局', 'department'], ['委社会工作部', 'party'], ['人民政府办公室', 'other'],
];

/** 县、乡镇街道、社区(村)与部门 as planned; `weight` is a township's share of the estates, `estateSize` how large they are beside the county's. */
export interface Places {
  readonly countyId: Id<'OrgUnit'>;
  readonly bodies: readonly BodyRow[];
  readonly townships: readonly (BodyRow & { readonly weight: number; readonly estateSize: number })[];
  readonly neighbourhoodsOf: (townshipId: Id<'OrgUnit'>) => readonly BodyRow[];
  readonly bodyNamed: (name: string) => BodyRow;
}

/** 演示县的机构. */
export function planPlaces({ random, newId }: Making, place: County = demoCounty): Places {
  const countyId = newId<'OrgUnit'>();
  const halls = random.shuffled(HALL);
  const body = (draft: Pick<BodyRow, 'kind' | 'name' | 'subkind' | 'code' | 'townshipId' | 'neighbourhoodId' | 'parentId' | 'sortNo'> & { id: Id<'OrgUnit'> }): BodyRow =>
    ({ ...draft, countyId, matchKey: normaliseName(draft.name), address: null, isDemo: true });
  const county = body({ id: countyId, kind: 'county', name: place.name, subkind: '县', code: place.code, townshipId: null, neighbourhoodId: null, parentId: null, sortNo: 0 });
  const offices = departments.map(([name, kind], at) => body({ id: newId(), kind, name: `${place.name}${name}`, subkind: null, code: null, townshipId: null, neighbourhoodId: null, parentId: countyId, sortNo: at + 1 }));
  const townships = townshipFacts.map(({ name, subkind, weight }, at) => {
    const id = newId<'OrgUnit'>();
    return { weight, estateSize: sizes[subkind], ...body({ id, kind: 'township', name, subkind, code: `${place.code}${String(at + 1).padStart(3, '0')}`, townshipId: id, neighbourhoodId: null, parentId: countyId, sortNo: at + 1 }) };
  });
  const neighbourhoods = townships.flatMap((township, at) => Array.from({ length: townshipFacts[at]?.neighbourhoods ?? 0 }, (_, index) => {
    const id = newId<'OrgUnit'>();
    const isVillage = township.subkind === '乡' || (township.subkind === '镇' && random.chance(0.4));
    const hall = halls.pop() ?? township.name.slice(0, 2);
    return body({ id, kind: 'neighbourhood', name: `${hall}${isVillage ? '村' : '社区'}`, subkind: isVillage ? '村' : '社区', code: `${township.code}${String(index + 1).padStart(3, '0')}`, townshipId: township.id, neighbourhoodId: id, parentId: township.id, sortNo: index + 1 });
  }));
  const bodies = [county, ...offices, ...townships.map(({ weight: _weight, estateSize: _size, ...row }) => row), ...neighbourhoods];
  const byTownship = Map.groupBy(neighbourhoods, (row) => row.townshipId);
  return {
    countyId, bodies, townships,
    neighbourhoodsOf: (townshipId) => byTownship.get(townshipId) ?? [],
    bodyNamed: (name) => {
      const found = bodies.find((row) => row.name === name);
      if (!found) throw new RangeError(`no such body in the demo county: ${name}`);
      return found;
    },
  };
}
