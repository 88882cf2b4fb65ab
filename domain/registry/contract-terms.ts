import type { Vocabulary } from './vocabulary.ts';

/** 收费方式: 包干制 (lump sum) or 酬金制 (commission). */
export type FeeBasis = 'lump-sum' | 'commission';

/** 收费方式词表. */
export const feeBases: Vocabulary<FeeBasis> = {
  'lump-sum': { label: '包干制', synonyms: ['包干', '包干收费'] },
  commission: { label: '酬金制', synonyms: ['酬金', '信托制', '信托', '酬金收费'] },
};

/** 合同种类: 前期 made by the developer, 普通 by the owners' assembly or committee, 不定期 when service goes on after the end (民法典 948). */
export type ContractKind = 'early' | 'ordinary' | 'open-ended' | 'unknown';

/** 合同种类词表. */
export const contractKinds: Vocabulary<ContractKind> = {
  early: { label: '前期物业服务合同', synonyms: ['前期', '前期物业', '前期合同', '前期物业合同', '前期物业管理'] },
  ordinary: { label: '物业服务合同', synonyms: ['普通', '普通物业', '业委会选聘', '业主大会选聘', '正式合同', '后期'] },
  'open-ended': { label: '不定期服务', synonyms: ['不定期', '不定期合同', '到期续管', '延续服务'] },
  unknown: { label: '待核实', synonyms: ['不明', '未知', '待查'] },
};
