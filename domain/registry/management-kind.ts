import type { Vocabulary } from './vocabulary.ts';

/** 管理方式: who looks after an estate. Half of a county's estates have no company, and that is no error. */
export type ManagementKind = 'company' | 'self' | 'work-unit' | 'neighbourhood' | 'quasi' | 'unmanaged' | 'unknown';

/** 管理方式词表. */
export const managementKinds: Vocabulary<ManagementKind> = {
  company: { label: '物业服务企业', synonyms: ['物业公司', '专业物业', '专业化物业', '物业企业', '企业管理', '市场化物业', '有物业'] },
  self: { label: '业主自管', synonyms: ['自管', '自行管理', '业主自治', '自治', '业委会自管', '业主自行管理'] },
  'work-unit': { label: '单位自管', synonyms: ['产权单位自管', '单位管理', '家属院自管', '单位后勤管理'] },
  neighbourhood: { label: '社区托管', synonyms: ['托管', '社区代管', '居委会代管', '社区管理', '社区兜底', '街道托管', '村委会代管', '社区物业'] },
  quasi: { label: '准物业', synonyms: ['准物业管理', '准物业化', '简易物业', '半物业', '保洁保安', '红色物业', '公益物业', '准物业服务'] },
  unmanaged: { label: '无人管理', synonyms: ['三无', '三无小区', '失管', '失管小区', '三无失管', '无物业', '无', '无管理', '弃管', '无人管'] },
  unknown: { label: '待核实', synonyms: ['不明', '待查', '未知', '待定'] },
};
