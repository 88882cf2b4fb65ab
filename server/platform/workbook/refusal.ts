/** 文件退回代码:stable names of why an uploaded file cannot be read as a workbook. */
export type RefusalCode =
  | 'empty-file' | 'too-large' | 'not-a-workbook' | 'csv-file' | 'old-text-table' | 'wps-et' | 'macro' | 'password' | 'binary-xlsb' | 'ods-file'
  | 'broken-zip' | 'zip-bomb' | 'broken-workbook' | 'no-sheets' | 'out-of-memory' | 'too-much-text' | 'too-slow' | 'aborted';

/** 文件退回:thrown while reading; the message is for the user, the code for programs. The module at the edge answers with it. */
export class WorkbookRefusal extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message: string = sentences[code]) {
    super(message);
    this.name = 'WorkbookRefusal';
    this.code = code;
  }
}

/** 退回说明:what each refusal says: what is wrong and what to do. */
export const sentences: Readonly<Record<RefusalCode, string>> = {
  'empty-file': '这个文件是空的（0 字节），请重新选择文件，或从原电脑上再拷贝一次。',
  'too-large': '文件过大，请删去图片和多余的工作表，或拆成几个文件后再上传。',
  'not-a-workbook': '这个文件不是 Excel 工作簿，请选择 .xlsx 或 .xls 文件。',
  'csv-file': '这是文本（CSV）文件，请用 Excel 或 WPS 打开，另存为 xlsx 后再上传。',
  'old-text-table': '这个文件扩展名像 Excel，内容其实是网页或 XML 表格，请用 Excel 或 WPS 打开，另存为 xlsx 后再上传。',
  'wps-et': '这是 WPS 表格（.et）文件，请用 WPS 另存为 xlsx 后再上传。',
  macro: '这个工作簿带有宏，为安全起见不能上传，请另存为不带宏的 xlsx 后再上传。',
  password: '这个工作簿设有打开密码，请先在 Excel 或 WPS 中取消密码，保存后再上传。',
  'binary-xlsb': '这是二进制工作簿（.xlsb），请用 Excel 另存为 xlsx 后再上传。',
  'ods-file': '这是 OpenDocument 表格（.ods），请另存为 xlsx 后再上传。',
  'broken-zip': '文件已损坏，打不开，请在 Excel 或 WPS 中打开原文件，另存一份后再上传。',
  'zip-bomb': '文件解压后异常巨大，不能读取，请把数据复制到新建的工作簿中再上传。',
  'broken-workbook': '工作簿内部结构已损坏，请在 Excel 或 WPS 中打开原文件，另存为 xlsx 后再上传。',
  'no-sheets': '工作簿里没有可读的内容（没有工作表，或工作表全是空的），请检查后再上传。',
  'out-of-memory': '工作簿过于庞大，读取时内存不够。请删去多余的工作表，另存为 xlsx；仍不成功请拆成几个文件后再上传。',
  'too-much-text': '表格里有一行的文字太多，不像一张表格，请核对后再上传。',
  'too-slow': '这个文件读得太久，可能是特意做坏的。请把数据复制到新建的工作簿中再上传。',
  aborted: '读取已取消。',
};

/** 过旧说明:for an .xls that must be held in memory whole. */
export function tooOld(size: number, limit: number): string {
  return `这个 .xls 文件是很早以前的格式（或不合规范），有 ${mb(size)} MB，超过这种文件 ${mb(limit)} MB 的上限。请在 Excel 或 WPS 中打开，另存为 xlsx 后再上传。`;
}

/** 兆字节, rounded up. */
export function mb(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024));
}
