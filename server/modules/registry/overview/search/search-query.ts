import { normaliseName, normaliseText } from '#domain/kernel/chinese-text.ts';
import { parsePhone } from '#domain/kernel/phone.ts';
import { buildingKey, entranceKey, parseUnitNumber, roomKey, type UnitNumber } from '#domain/kernel/unit-number.ts';

/** 房号条件: patterns of the search entries' unit numbers, of the same written backwards, and the words of the estate to look in (none: all of the scope). */
export interface UnitWanted { readonly place: readonly string[]; readonly patterns: readonly string[]; readonly rooms: readonly string[] }

/** 号码条件: what a text may be as a personal number; `last4` of a phone or of an identity number. */
export interface NumberWanted { readonly phone: string | null; readonly identity: string | null; readonly last4: string | null }

/** 搜索条件, as read from the search box. */
export interface SearchQuery { readonly words: readonly string[]; readonly unit: UnitWanted | null; readonly number: NumberWanted | null; readonly name: string | null }

const MOST_WORDS = 6;

/** 读搜索框: names and spellings, '金色里 3-2-301', a phone or identity number or its last four. */
export function readSearch(text: string): SearchQuery {
  const plain = normaliseText(text);
  const words = wordsOf(plain);
  const only = words.length === 1 ? words[0] ?? '' : '';
  return { words, unit: readUnit(plain), number: readNumber(plain), name: /^[\u3400-\u9fff·]{2,}$/.test(only) ? only : null };
}

const wordsOf = (text: string): string[] => text.split(/[\s,、;]+/).map((word) => normaliseName(word).toLowerCase()).filter((word) => word !== '').slice(0, MOST_WORDS);

function readNumber(text: string): NumberWanted | null {
  const bare = text.replaceAll(/[\s-]/g, '').toUpperCase();
  const phone = parsePhone(text)?.number.replaceAll(/\D/g, '') ?? (/^\d{5,12}$/.test(bare) ? bare : null);
  const identity = /^(\d{15}|\d{17}[\dX])$/.test(bare) ? bare : null;
  const last4 = /^\d{3}[\dX]$/.test(bare) ? bare : null;
  return phone === null && identity === null && last4 === null ? null : { phone, identity, last4 };
}

/** A place where a unit's number may begin: a digit or letter behind something else, or a digit behind letters ('jsl3-2-301'). */
const STARTS = /(?<![0-9A-Za-z\-#])(?=[0-9A-Za-z])|(?<=[A-Za-z])(?=[0-9])|(?<=\s)(?=\S)/g;
const DASHED = /^[0-9A-Za-z]+(?:#|栋|幢|号楼)?-[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?室?$/;
const SPOKEN = /^[0-9A-Za-z一二三四五六七八九十]+(?:号楼|号栋|号幢|幢|栋|#楼|#|座|号)[0-9A-Za-z一二三四五六七八九十单元门-]*[0-9A-Za-z]+[室号户]?$/;
const ROOM = /^[0-9A-Za-z]{2,6}[室号户]?$/;

/** The number stands last, with or without a blank before it; what stands before it names the estate. */
function readUnit(text: string): UnitWanted | null {
  const splits = [...text.matchAll(STARTS)].map(({ index }) => ({ place: wordsOf(text.slice(0, index)), number: text.slice(index).replaceAll(/[\s/]+/g, (sign) => (sign.includes('/') ? '-' : '')) }));
  const whole = splits.filter(({ number }) => DASHED.test(number) || SPOKEN.test(number));
  const best = whole.find(({ place }) => place.length > 0) ?? whole[0];
  const parsed = best && parseUnitNumber(best.number);
  if (best && parsed) return { place: best.place, patterns: patternsOf(parsed, best.place.length > 0), rooms: [] };
  const room = splits.find(({ place, number }) => place.length > 0 && ROOM.test(number) && /\d/.test(number));
  // A number that ends with the room: asked backwards, so that the index by estate and room serves it.
  return room ? { place: room.place, patterns: [], rooms: [`${literal([...roomKey(room.number)].toReversed().join(''))}-%`] } : null;
}

/** Entrances tried where none was said and no estate narrows the search: '' is 'unknown'. */
const ENTRANCES = ['', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C'];

/**
 * Within an estate the beginning of a number is enough, and two parts may leave out the entrance or the room. Without one only the
 * whole number is looked for: its patterns all begin with a fixed text, so that the index by number serves them.
 */
function patternsOf({ building, entrance, room }: UnitNumber, hasPlace: boolean): string[] {
  const [b, e, r] = [literal(buildingKey(building)), literal(entranceKey(entrance)), literal(roomKey(room))];
  if (entrance !== '') return hasPlace ? [`${b}-${e}-${r}%`] : [`${b}-${e}-${r} %`];
  return hasPlace ? [`${b}-%-${r} %`, `${b}-${r}-%`] : ENTRANCES.map((one) => `${b}-${one.toLowerCase()}-${r} %`);
}

const literal = (key: string): string => key.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
