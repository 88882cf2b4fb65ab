import type { Vocabulary } from './vocabulary.ts';

/** 乡镇街道和社区的种类: bodies of the two ranks below the county, as they are called. */
export type OrganisationKind = 'street' | 'town' | 'rural-township' | 'zone' | 'community' | 'village';

/** 机构种类词表. */
export const organisationKinds: Vocabulary<OrganisationKind> = {
  street: { label: '街道', synonyms: ['街道办', '街道办事处'] },
  town: { label: '镇', synonyms: ['镇政府', '镇人民政府'] },
  'rural-township': { label: '乡', synonyms: ['乡政府', '民族乡', '乡人民政府'] },
  zone: { label: '开发区管委会', synonyms: ['开发区', '管委会', '高新区', '经开区', '工业园区', '园区管委会', '度假区'] },
  community: { label: '社区', synonyms: ['居委会', '社区居委会', '居民委员会', '社区居民委员会'] },
  village: { label: '村', synonyms: ['村委会', '村民委员会', '行政村'] },
};

/** 机构层级: at which rank of the tree does a body of this kind stand? */
export function rankOf(kind: OrganisationKind): 'township' | 'neighbourhood' {
  return kind === 'community' || kind === 'village' ? 'neighbourhood' : 'township';
}

/** 机构种类(按名称): tells the kind by the end of the name; undefined when it does not say. */
export function organisationKindOfName(name: string): OrganisationKind | undefined {
  if (/(社区|居委会|居民委员会)$/.test(name)) return 'community';
  if (/(村|村委会|村民委员会)$/.test(name)) return 'village';
  if (/(街道|街道办|街道办事处)$/.test(name)) return 'street';
  if (/(开发区|高新区|经开区|园区|度假区|管委会|管理委员会)$/.test(name)) return 'zone';
  if (/镇(人民政府|政府)?$/.test(name)) return 'town';
  if (/乡(人民政府|政府)?$/.test(name)) return 'rural-township';
  return undefined;
}
