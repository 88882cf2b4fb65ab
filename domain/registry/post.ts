import type { Vocabulary } from './vocabulary.ts';

/** 岗位: what a practitioner does in a company. 企业负责人 and 项目经理 have duties of their own (training); the others are counted. */
export type Post =
  | 'head'
  | 'estate-manager'
  | 'order'
  | 'cleaning'
  | 'greening'
  | 'engineering'
  | 'customer-service'
  | 'finance'
  | 'fire-control'
  | 'office'
  | 'other';

/** 岗位词表. */
export const posts: Vocabulary<Post> = {
  head: { label: '企业负责人', synonyms: ['负责人', '总经理', '法定代表人', '法人', '董事长', '经理', '公司负责人', '主要负责人'] },
  'estate-manager': { label: '项目经理', synonyms: ['项目负责人', '小区经理', '物业经理', '物业项目经理', '物业服务项目负责人', '项目主管', '小区负责人', '管理处主任'] },
  order: { label: '秩序维护', synonyms: ['保安', '秩序维护员', '安保', '门卫', '安管', '秩序员', '保安员', '秩序'] },
  cleaning: { label: '保洁', synonyms: ['保洁员', '清洁', '清洁工', '环卫', '保洁人员'] },
  greening: { label: '绿化', synonyms: ['绿化员', '园林', '绿化工', '绿化养护', '园艺'] },
  engineering: { label: '工程维修', synonyms: ['工程', '维修', '维修工', '水电工', '电工', '工程部', '工程人员', '设备维护', '水电', '维修员'] },
  'customer-service': { label: '客服', synonyms: ['客户服务', '客服人员', '管家', '客服专员', '客服管家', '物业管家', '前台', '客服主管'] },
  finance: { label: '财务', synonyms: ['会计', '出纳', '财务人员', '收费员', '财务会计'] },
  'fire-control': { label: '消防控制室值班', synonyms: ['消控', '消控员', '消防', '消防员', '消控室值班', '监控', '监控员', '消防中控'] },
  office: { label: '行政人事', synonyms: ['行政', '人事', '文员', '办公室', '内勤', '行政文员', '综合'] },
  other: { label: '其他', synonyms: ['其它', '其他人员', '其他岗位'] },
};
