/** 交接原因. A leave is temporary: the posts return by themselves. */
export const causeLabels = { 'transferred': '调离', 'retired': '退休', 'rotated': '轮岗', 'leave': '休假代管', 'other': '其他' } as const;
export type HandOverCause = keyof typeof causeLabels;

/** 交接状态. Once `completed` a hand-over is history; `returned` is a leave that is over. */
export const statusLabels = { open: '待移交人签字', signed: '待接手人签收', objected: '接手人有异议', completed: '已交接', returned: '代管已结束', cancelled: '已取消' } as const;
export type HandOverStatus = keyof typeof statusLabels;

/** 清单分组: posts with their rights, what is under way, what is kept. */
export const groupLabels = { post: '岗位与权限', duty: '在办事项', file: '系统内资料' } as const;
export type ItemGroup = keyof typeof groupLabels;
