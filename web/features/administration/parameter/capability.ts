const words: Readonly<Record<string, string>> = { registry: '基础台账', committee: '业委会', administration: '账号与安全', ledger: '导入台账', target: '驾驶舱', kernel: '通用' };

/** 业务板块 in words; one not named here is shown by its key. */
export const capabilityWords = (capability: string): string => words[capability] ?? capability;
