/** 链接用途: a closed list; the migration's check repeats it. */
export const linkPurposes = {
  'invitation': '邀请',
  'password-reset': '重设密码',
  'collection-answer': '答复报数任务',
  'complaint-receipt': '查询投诉办理情况',
  'duty-calendar': '订阅日历',
} as const;

export type LinkPurpose = keyof typeof linkPurposes;

/** 链接地址 below the origin. The token stands behind `#`, so that no server, proxy or log on the way ever sees it; the page sends it in a body. */
export const linkPath = (purpose: LinkPurpose, token: string): string => (purpose === 'complaint-receipt' ? `/o/r#${token}` : `/l/${purpose}#${token}`);
