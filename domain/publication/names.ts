import type { Passage } from './content.ts';

/** The commonest family names of one character; a text is full of words that begin with others. */
const SURNAMES = new Set('王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮纪梅童凌毕单季成霍苗裴涂谷曲盛翁冉骆蓝路游靳辛管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时阳阎穆农司古吉卓简车连项麦褚娄窦戚岑党宫费卜冷晏席卫米柏宗代桂全佟应闵苟邬边卞姬仇栾隋商刁沙荣巫寇桑郎丛仲虞敖巩明佘池查麻苑迟邝封官谈匡鞠荆乐冀胥南班储芦栗'.split(''));
const DOUBLE = ['欧阳', '上官', '司马', '诸葛', '夏侯', '皇甫', '尉迟', '公孙', '慕容', '令狐', '司徒', '端木', '东方', '南宫'];
const MOST = 20_000;

/** 可能的姓名: what in the passages is written as a person's name is — two to four characters that begin with a family name. At most 20,000. */
export function possibleNames(passages: readonly Passage[]): string[] {
  const found = new Set<string>();
  for (const { text } of passages) {
    for (const [run] of text.matchAll(/\p{Script=Han}{2,}/gu)) {
      const characters = Array.from(run);
      characters.forEach((character, at) => {
        if (!SURNAMES.has(character) && !DOUBLE.includes(characters.slice(at, at + 2).join(''))) return;
        for (const length of [2, 3, 4]) if (at + length <= characters.length && found.size < MOST) found.add(characters.slice(at, at + length).join(''));
      });
    }
  }
  return [...found];
}
