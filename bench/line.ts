/** 报告里的一行 beside the four operations: what was measured, beside its aim. `isMet` null: printed, and nothing is aimed at. */
export interface Line { readonly what: string; readonly measured: string; readonly aim: string; readonly isMet: boolean | null }
