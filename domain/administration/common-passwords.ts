/** 常见弱口令词干: what weak passwords are made of, lower case, without the digits and signs people add to them. */
const STEMS = `
password passw0rd passwd pass admin administrator root system manager guest test user welcome login letmein master super superadmin
qwerty qwertyuiop qwer asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc qweasd qweasdzxc abc abcd abcde abcdef abcdefg
abcdefgh aaa aaaa aaaaaa iloveyou love sunshine princess football baseball dragon monkey shadow michael jordan superman batman
trustno starwars freedom whatever hello computer internet server oracle mysql postgres changeme default secret temp temporary
zhang wang li liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang han feng deng cao peng
zeng xiao tian dong pan yuan yu jiang cai wei ye du cheng lu ding ren shen yao fan
woaini woailaopo woaiwojia aini laopo laogong baobei mima nihao zhongguo china beijing shanghai zhejiang hangzhou guangzhou
shenzhen chengdu chongqing wuhan nanjing tianjin xian suzhou anhe anhexian yunchuan yunchuanxian
wuye wuyeju wuyeban wuyeke wuyegongsi zhujian zhujianju zhujianjuwuye jiedao shequ yewei yeweihui xianzheng zhengfu bangong bangongshi
jsj zjj zfj gly guanliyuan xitong yonghu chushi chushimima ceshi shanzhi shanzhixt taobao alipay weixin wechat qq tencent baidu huawei
xiaomi windows office microsoft google
`.split(/\s+/).filter((stem) => stem !== '');

const COMMON = new Set(STEMS);

const KEYBOARD = ['0123456789', '9876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb', '1q2w3e4r5t6y7u8i9o0p', '!@#$%^&*()'];

/** 是否常见弱口令: is it, apart from the digits and signs around it and swapped look-alikes, a word everybody tries, a keyboard run or a repetition? */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  const letters = lower.replaceAll(/^[^a-z]+|[^a-z]+$/g, '');
  const plain = trimmed(lookAlikes(lower));
  return COMMON.has(letters) || COMMON.has(plain) || isMadeOfRuns(lower) || isRepetition(lower) || /^\d+$/.test(lower);
}

/** Every character lies in a run of three or more neighbours on the keyboard or in the alphabet, as in 'abc123456'. */
function isMadeOfRuns(text: string): boolean {
  let at = 0;
  while (at < text.length) {
    const run = longestRun(text.slice(at));
    if (run < 3) return false;
    at += run;
  }
  return true;
}

function longestRun(text: string): number {
  for (let length = text.length; length >= 3; length -= 1) {
    const piece = text.slice(0, length);
    if (KEYBOARD.some((row) => row.includes(piece)) || new Set(piece).size === 1) return length;
  }
  return 0;
}

function isRepetition(text: string): boolean {
  return /^(.{1,4})\1+$/u.test(text);
}

function lookAlikes(text: string): string {
  const letters: Record<string, string> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' };
  return text.replace(/^[^a-z]+/, '').replaceAll(/[013457@$!](?=.*[a-z])/g, (sign) => letters[sign] ?? sign);
}

function trimmed(text: string): string {
  return text.replaceAll(/^[^a-z]+|[^a-z]+$/g, '');
}
