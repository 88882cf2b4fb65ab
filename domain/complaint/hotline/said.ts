/** 没有填: blank, or a stroke where nothing is to be said. */
export const isUnsaid = (text: string): boolean => /^[\s/\\|—–―_.、·-]*$/u.test(text);

const REDO = /重办|返工|重新办理|二次(?:派|办)|退回再办/;
/** What takes the words back: not, never, no need, not yet decided. */
const DENIED = /[不非未无没免否]|不?需要?吗|待|[?？]/u;
/** 说到重办: the words say that it is to be done again, and nothing takes them back. */
export const saysRedo = (text: string): boolean => REDO.test(text) && !DENIED.test(text);

/** 读是否重办, from a column of its own or of how many times. Null where it says nothing, undefined when it is none of these words. */
export function readRedo(text: string): boolean | null | undefined {
  if (isUnsaid(text)) return null;
  if (/^(?:否|无|没有|不是|不|不涉及|n|no|false|0+|×|x)$/i.test(text)) return false;
  if (/^(?:是|有|y|yes|true|√|✓|0*[1-9]\d?次?)$/i.test(text) || saysRedo(text)) return true;
  return REDO.test(text) && /[不非未无没免否]/u.test(text) ? false : undefined;
}

const PENDING = /待|中$|与否|是否|申请|提交|[?？]/u;
/** 读延期批复. Null where nothing is decided yet, undefined when it is none of these words: whoever asked goes on waiting. */
export function readExtension(text: string): 'granted' | 'refused' | null | undefined {
  if (isUnsaid(text) || /^(?:无|没有|未申请|不涉及)$/.test(text)) return null;
  if (/^(?:否|n|no|false|×|不同意.*|未同意|未予同意|不予.*|不批准|未批准|未获批准|未获批|不通过|未通过|审[批核]不通过|审[批核]未通过|驳回|已驳回|拒绝|已拒绝|不准予?|退回|已退回)(?:延期|延期申请)?$/i.test(text)) return 'refused';
  if (/^(?:是|y|yes|true|√|✓|(?:已|审[批核])?(?:同意|批准|通过|获批|准予)|已批|已延期|准许)(?:延期|延期申请)?(?:至.*|到.*|[,，。;；].*)?$/i.test(text)) return 'granted';
  return PENDING.test(text) ? null : undefined;
}
