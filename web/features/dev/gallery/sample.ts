/** 很长的文字, as a real ledger has them. */
export const LONG = '安和县文澜街道滨河路东侧二期（含一期遗留商铺及地下车库）原国营第二棉纺织厂职工家属院改造安置小区';
