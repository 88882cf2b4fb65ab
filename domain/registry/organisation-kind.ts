import type { Vocabulary } from './vocabulary.ts';

/** 机构种类: bodies of the county's tree. `department` is any county department. */
export type OrganisationKind =
  | 'county'
  | 'street'
  | 'town'
  | 'rural-township'
  | 'zone'
  | 'neighbourhood'
  | 'village'
  | 'department'
  | 'company';

/** 机构种类词表. */
export const organisationKinds: Vocabulary<OrganisationKind> = {
  county: { label: '县', synonyms: ['区', '县级市', '市辖区', '旗'] },
  street: { label: '街道', synonyms: ['街道办', '街道办事处'] },
  town: { label: '镇', synonyms: ['镇政府', '镇人民政府'] },
  'rural-township': { label: '乡', synonyms: ['乡政府', '民族乡', '乡人民政府'] },
  zone: { label: '开发区管委会', synonyms: ['开发区', '管委会', '高新区', '经开区', '工业园区', '园区管委会', '度假区'] },
  neighbourhood: { label: '社区', synonyms: ['居委会', '社区居委会', '居民委员会', '社区居民委员会'] },
  village: { label: '村', synonyms: ['村委会', '村民委员会', '行政村'] },
  department: { label: '部门', synonyms: ['局', '县直部门', '委办局'] },
  company: { label: '物业服务企业', synonyms: ['物业公司', '企业'] },
};

/** 机构种类(按名称): tells a body of townships' or neighbourhoods' rank by the end of its name; undefined when it does not say. */
export function organisationKindOfName(name: string): OrganisationKind | undefined {
  if (/(街道|街道办|街道办事处)$/.test(name)) return 'street';
  if (/(开发区|高新区|经开区|园区|度假区|管委会|管理委员会)$/.test(name)) return 'zone';
  if (/(社区|居委会|居民委员会)$/.test(name)) return 'neighbourhood';
  if (/(村|村委会|村民委员会)$/.test(name)) return 'village';
  if (/镇(人民政府|政府)?$/.test(name)) return 'town';
  if (/乡(人民政府|政府)?$/.test(name)) return 'rural-township';
  return undefined;
}
