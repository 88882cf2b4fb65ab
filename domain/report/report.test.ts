import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { addressOf, placeOf } from './address.ts';
import { amountText, type ReportUnit } from './amount.ts';
import { difference } from './difference.ts';
import { estateOf, factsOf } from './facts.fixture.ts';
import { figureOf, figures } from './figures.ts';
import type { ReportFilter } from './filter.ts';
import { dayOf, type ListMark, type Mark } from './mark.ts';
import { printedNames } from './plan-list.ts';
import { planFill } from './plan.ts';
import { readFigure } from './read-figure.ts';
import { markPlace, shapeOf, type SheetFace } from './sheet.ts';
import { suggestLists } from './suggest-lists.ts';
import { fillText, guessBeside, guessTemplate, strangeSlots } from './text.ts';
import { findTownship } from './townships.ts';
import { unitIn, unitOfSheet } from './words.ts';

const on = localDate('2026-10-31');
const note = { unit: '云川县住建局', on, signer: '', filler: '周敏', phone: '', date: localDate('2026-11-02') };
const read = (id: string, filter: ReportFilter, facts: ReturnType<typeof factsOf>) => {
  const figure = figureOf(id);
  if (figure === undefined) throw new Error(id);
  return readFigure(figure, filter, facts);
};
const sheet = (cells: readonly [string, string, string?][], merges: SheetFace['merges'] = []): SheetFace => {
  const made = cells.map(([address, text, formula]) => ({ ...placeOf(address) ?? { row: 0, column: 0 }, text, formula: formula ?? null }));
  return { name: 'Sheet1', rows: Math.max(...made.map(({ row }) => row)), columns: 8, cells: made, merges };
};

describe('an address', () => {
  test('is read as people type it, and every place has its own', () => {
    expect([placeOf('d6'), placeOf('$D$6'), placeOf('Ｄ６'), placeOf('AB12')]).toEqual([{ row: 6, column: 3 }, { row: 6, column: 3 }, { row: 6, column: 3 }, { row: 12, column: 27 }]);
    expect([placeOf('6D'), placeOf('D0'), placeOf(''), placeOf('D2001'), placeOf('合计')]).toEqual([null, null, null, null, null]);
    fc.assert(fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 0, max: 99 }), (row, column) => { expect(placeOf(addressOf({ row, column }))).toEqual({ row, column }); }));
  });
});

describe('an amount in a unit', () => {
  test.each<[number, number, ReportUnit, number, string]>([[123_456_789_012, 1, '万平方米', 2, '1234.57'], [1_000_000, 1, '平方米', 2, '100.00'], [2, 3, '%', 2, '66.67'], [1, 8, '%', 1, '12.5'], [173, 1, '个', 0, '173'], [12_345, 1, '万户', 2, '1.23'], [5_000, 1, '万户', 0, '1'], [0, 7, '%', 2, '0.00']])('%d/%d %s with %d decimals is %s', (part, whole, unit, decimals, text) => {
    expect(amountText({ part, whole }, unit, decimals)).toBe(text);
  });
  test('is never off by more than half of its last digit', () => {
    fc.assert(fc.property(fc.nat({ max: 1_000_000 }), fc.integer({ min: 1, max: 1_000_000 }), (part, whole) => {
      const [units = '0', digits = ''] = amountText({ part, whole }, '%', 2).split('.');
      const off = BigInt(units + digits) * BigInt(whole) - BigInt(part) * 10_000n;
      expect((off < 0n ? -off : off) * 2n <= BigInt(whole)).toBe(true);
    }));
  });
});

describe('a figure', () => {
  const estates = [
    estateOf('a'), estateOf('b', { townshipId: 't2', township: '云岭镇', isUrban: false, company: null, managementKind: 'self', units: null }),
    estateOf('c', { company: null, managementKind: 'unmanaged', formation: { standing: 'counted-expired', inDenominator: true, inNumerator: true, isExpired: true, reason: '' } }),
    estateOf('d', { formation: { standing: 'not-occupied', inDenominator: false, inNumerator: false, isExpired: false, reason: '' }, stage: 'delivered' }),
  ];
  const facts = factsOf(estates);
  test.each<[string, ReportFilter, unknown, string[]]>([
    ['estates.total', {}, { part: 4, whole: 1 }, ['a', 'b', 'c', 'd']], ['estates.total', { area: 'rural' }, { part: 1, whole: 1 }, ['b']], ['estates.without-company', {}, { part: 2, whole: 1 }, ['b', 'c']], ['estates.self-managed', {}, { part: 1, whole: 1 }, ['b']], ['estates.unmanaged', {}, { part: 1, whole: 1 }, ['c']],
    ['estates.coverage', {}, { part: 2, whole: 4 }, ['a', 'd']], ['committees.rate', {}, { part: 1, whole: 3 }, ['c']], ['committees.share', {}, { part: 1, whole: 4 }, ['c']], ['committees.expired', {}, { part: 1, whole: 1 }, ['c']],
    ['units.total', {}, { part: 300, whole: 1 }, ['a', 'c', 'd']], ['companies.total', { area: 'urban' }, { part: 1, whole: 1 }, ['c1']], ['companies.total', { area: 'rural' }, { part: 0, whole: 1 }, []], ['practitioners.managers', {}, { part: 1, whole: 1 }, ['p1']],
  ])('%s of %j is %j', (id, filter, amount, rows) => {
    const reading = read(id, filter, facts);
    expect([reading.amount, reading.rows.map((row) => row.id)]).toEqual([amount, rows]);
    expect(reading.definition).toContain('截至2026年10月31日');
  });
  test('of which nothing is held has no number and says why; part of it lacking is said beside it', () => {
    expect(read('lifts.total', {}, facts)).toMatchObject({ amount: null, reason: '范围内 4 个小区都没有登记电梯数' });
    expect(read('practitioners.total', { area: 'urban' }, facts)).toMatchObject({ amount: null });
    expect(read('committees.rate', { stage: 'delivered' }, facts)).toMatchObject({ amount: null, reason: '范围内没有可作分母的小区' });
    expect(read('estates.total', {}, factsOf([]))).toMatchObject({ amount: null });
    expect(read('units.total', {}, facts).notes).toEqual(['有 1 个小区没有登记总户数，未计入']);
  });
  test('that the ledger keeps only as it stands says so for a day gone by; one with a history does not', () => {
    const later = { ...facts, readOn: localDate('2027-10-31') };
    expect(read('area.total', {}, later).notes.at(-1)).toBe('台账这一栏只有现状，2026年10月31日的数按2027年10月31日的登记计，报送前请与当时的底表核对');
    expect(read('estates.unmanaged', {}, later).notes).toHaveLength(1);
    expect([read('committees.rate', {}, later).notes, read('estates.coverage', {}, later).notes, read('estates.unmanaged', {}, facts).notes]).toEqual([[], [], []]);
  });
  test('by how an estate is kept says how many are not known', () => {
    const some = factsOf([estateOf('a', { company: null, managementKind: 'unknown' }), estateOf('b', { company: null, managementKind: 'self' })]);
    expect(read('estates.self-managed', {}, some)).toMatchObject({ amount: { part: 1, whole: 1 }, notes: ['有 1 个无物业服务企业的小区管理方式待核实，未计入'] });
  });
  test('counted by places adds up to the whole, whatever the estates', () => {
    const some = fc.array(fc.record({ urban: fc.boolean(), company: fc.boolean(), units: fc.option(fc.nat({ max: 9_999 })) }), { minLength: 1, maxLength: 30 });
    fc.assert(fc.property(some, (drawn) => {
      const all = factsOf(drawn.map(({ urban, company, units }, at) => estateOf(String(at), { isUrban: urban, company: company ? { id: 'c1', name: '甲' } : null, units })));
      for (const id of ['estates.total', 'estates.with-company', 'units.total']) {
        const part = (filter: ReportFilter) => read(id, filter, all).amount?.part ?? 0;
        expect(part({ area: 'urban' }) + part({ area: 'rural' })).toBe(part({}));
      }
      expect(read('estates.with-company', {}, all).rows.length + read('estates.without-company', {}, all).rows.length).toBe(drawn.length);
    }));
  });
  test('has a name, a definition and a unit of its own', () => {
    expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
    expect(figures.every(({ title, definition, units }) => title !== '' && definition !== '' && units.length > 0)).toBe(true);
  });
});

describe('a mark', () => {
  const blank = sheet([['A1', '表'], ['D6', '', 'E6+F6'], ['B3', '合并']], [{ top: 3, left: 1, bottom: 4, right: 3 }]);
  test('inside a merge goes to its upper left cell; a formula is refused; what is no address is refused', () => {
    expect(markPlace(blank, 'C4')).toEqual({ ok: true, place: { row: 3, column: 1 } });
    expect(markPlace(blank, 'D6')).toMatchObject({ ok: false, message: expect.stringContaining('这是公式') });
    expect(markPlace(blank, '甲')).toMatchObject({ ok: false });
  });
  test('asks for its own day', () => {
    expect(['report', 'month-end', 'year-ago'].map((day) => dayOf(day === 'report' ? 'report' : day === 'month-end' ? 'month-end' : 'year-ago', localDate('2024-02-29')))).toEqual(['2024-02-29', '2024-01-31', '2023-02-28']);
  });
});

describe('a text', () => {
  test.each([['填报单位（盖章）：', '填报单位（盖章）：{填报单位}'], ['截至日期：    年  月  日', '截至日期：{截至日期}'], ['责任单位：县住建局', null], ['单位负责人：      填表人：      填报日期：', '单位负责人：{单位负责人}        填表人：{填表人}        填报日期：{填报日期}'], ['注：本表一式两份', null]])('%s waits for %s', (text, template) => { expect(guessTemplate(text)).toBe(template); });
  test('is filled, an empty answer leaves its place, an unknown place is named', () => {
    expect(fillText('截至日期：{截至日期} 负责人：{单位负责人}', note)).toBe('截至日期：2026年10月31日 负责人：');
    expect(strangeSlots('{截至日期}{文号}')).toEqual(['文号']);
  });
});

test('a township is known by its printed name with or without its office or rank, and never guessed between two', () => {
  const townships = [{ id: '1', name: '城关街道', isUrban: true }, { id: '2', name: '城关镇', isUrban: false }, { id: '3', name: '云岭镇', isUrban: false }];
  expect(['城关街道办事处', '城 关 镇', '云岭', '城关', '云岭镇（含开发区）', '合计'].map((name) => findTownship(name, townships)?.id)).toEqual(['1', '2', '3', undefined, '3', undefined]);
});

test('what was said of a printed name counts before any likeness: in its own list first, then in another blank of the county, unless two blanks differ', () => {
  const townships = [{ id: '1', name: '城关街道', isUrban: true, otherNames: ['县城片区', '老街'] }, { id: '2', name: '云岭镇', isUrban: false, otherNames: ['老街'] }];
  const said = [{ printed: '云岭', townshipId: '1' }, { printed: '开发区 管委会', townshipId: '2' }, { printed: '旧镇', townshipId: 'gone' }];
  expect(['云岭', '云岭镇', '开发区', '县城 片区', '老街', '旧镇'].map((name) => findTownship(name, townships, said)?.id)).toEqual(['1', '2', '2', '1', undefined, undefined]);
  expect(['云岭', '开发区'].map((name) => findTownship(name, townships)?.id)).toEqual(['2', undefined]);
});

describe('a plan', () => {
  const blank = sheet([['A2', '乡镇'], ['B2', '小区数'], ['A3', '城关街道'], ['A4', '石门镇'], ['A5', '合计'], ['B5', '', 'SUM(B3:B4)'], ['A7', '电梯']]);
  const ask = { figure: 'estates.total', filter: {}, day: 'report', unit: '个', decimals: 0 } as const;
  const list: ListMark = { kind: 'list', sheet: 0, by: 'township', firstRow: 3, lastRow: 4, matches: 'A', filter: {}, columns: [{ column: 'B', content: 'figure', ...ask }] };
  const facts = factsOf([estateOf('a'), estateOf('b', { townshipId: 't2', township: '云岭镇' })]);
  const given = { sheets: [blank], days: { report: facts }, note };

  test('fills a printed township, warns of one we do not have and of one they lack, and fills no formula', () => {
    const plan = planFill([list, { kind: 'figure', sheet: 0, cell: 'B5', ...ask }, { kind: 'figure', sheet: 0, cell: 'B7', ...ask, figure: 'lifts.total', unit: '台' }], given);
    expect(plan.cells.map((cell) => [addressOf(cell), cell.shown, cell.rows.length])).toEqual([['B3', '1', 1], ['B7', '—', 0]]);
    expect(plan.warnings.join('\n')).toMatch(/没有的乡镇街道：A4“石门镇”[\s\S]*没有印的乡镇街道：云岭镇（1 个小区）[\s\S]*B5 这是公式[\s\S]*填“—”/);
  });
  test('fills the row of a printed name that was said to be one of ours, under our name', () => {
    expect(printedNames(list, blank)).toEqual(['城关街道', '石门镇']);
    const plan = planFill([{ ...list, names: [{ printed: '石门镇', townshipId: 't2' }] }], given);
    expect(plan.cells.map((cell) => [addressOf(cell), cell.title.split(' ')[0], cell.shown])).toEqual([['B3', '城关街道', '1'], ['B4', '云岭镇', '1']]);
    expect(plan.warnings.join('\n')).not.toMatch(/没有的乡镇街道|没有印的乡镇街道/);
  });
  test('puts in as many rows as a list needs, and what stands below moves down', () => {
    const estates: ListMark = { ...list, by: 'estate', matches: null, firstRow: 3, lastRow: 3, columns: [{ column: 'A', content: 'field', field: 'serial' }, { column: 'B', content: 'field', field: 'name' }, { column: 'C', content: 'field', field: 'managerPhone' }] };
    const many = factsOf(Array.from({ length: 5 }, (_, at) => estateOf(String(at), at === 0 ? { managerPhone: '13800001234' } : {})));
    const marks: Mark[] = [estates, { kind: 'text', sheet: 0, cell: 'A7', template: '{填表人}' }];
    const plan = planFill(marks, { ...given, days: { report: many } });
    expect(plan.growth).toEqual([{ sheet: 0, after: 3, count: 4 }]);
    expect(plan.cells.filter((cell) => cell.kind === 'text').map(addressOf)).toEqual(['A11']);
    expect(plan.cells.find((cell) => addressOf(cell) === 'C3')).toMatchObject({ value: { text: '13800001234' }, shown: '138****1234' });
    expect(plan.warnings).toContain('4 行没有登记项目经理电话，留空');
  });
});

describe('a cell that is typed at each filling', () => {
  const blank = sheet([['A1', '表'], ['A5', '填表人：'], ['B5', ''], ['C5', '', 'B5*2']]);
  const ask = (cell: string, template: string): Mark => ({ kind: 'ask', sheet: 0, cell, label: '备注', template });
  const plan = (mark: Mark, text: string) => planFill([mark], { sheets: [blank], days: {}, note, typedCells: [{ sheet: 0, cell: 'B5', text }, { sheet: 0, cell: 'A5', text }] });
  test.each([['A5', '填表人：{填写}', '周敏', { text: '填表人：周敏' }], ['B5', '{填写}', '12.50', { number: '12.50' }], ['B5', '{填写}', '007', { text: '007' }], ['B5', '{填写}', '=1+1', { text: '=1+1' }], ['B5', '约{填写}个', '3', { text: '约3个' }]])('%s %s with %s', (cell, template, typed, value) => {
    expect(plan(ask(cell, template), typed).cells).toMatchObject([{ kind: 'ask', title: '备注', value }]);
  });
  test('with nothing typed keeps what is printed and says so; a formula is not overwritten', () => {
    expect(plan(ask('A5', '填表人：{填写}'), '  ')).toMatchObject({ cells: [], warnings: ['A5 备注：还没有填写'] });
    expect(plan(ask('C5', '{填写}'), '1')).toMatchObject({ cells: [], warnings: [expect.stringContaining('这是公式')] });
  });
});

describe('the difference from last time', () => {
  const cell = (address: string, shown: string, ids: string[], { line = null, mark = address, title = '小区数' }: { line?: string | null; mark?: string | null; title?: string } = {}) => ({ sheet: 0, address, mark, title, shown, line, rows: ids.map((id) => ({ kind: 'estate' as const, id, name: id, place: null })) });
  test('tells what changed and who came and went; a line of a list is followed wherever it stands', () => {
    expect(difference([cell('B3', '2', ['a', 'b']), cell('B4', '1', ['x'], { line: 'l1', mark: 'B4' })], [cell('B3', '2', ['a', 'c']), cell('B9', '1', ['x'], { line: 'l1', mark: 'B4' }), cell('B5', '4', [])])).toEqual([
      { address: 'B3', title: '小区数', before: '2', after: '2', came: [{ kind: 'estate', id: 'c', name: 'c', place: null }], went: [{ kind: 'estate', id: 'b', name: 'b', place: null }] },
      { address: 'B5', title: '小区数', before: null, after: '4', came: [], went: [] },
    ]);
  });
  test('follows a mark below a list that has grown, and tells two columns of one title apart', () => {
    expect(difference([cell('A9', '填表人：甲', [], { title: '文字' })], [cell('A12', '填表人：甲', [], { mark: 'A9', title: '文字' })])).toEqual([]);
    const urban = (shown: string) => [cell('B4', shown, [], { line: 't1', mark: 'B4' }), cell('C4', '7', [], { line: 't1', mark: 'C4' })];
    expect(difference(urban('3'), urban('4'))).toMatchObject([{ address: 'B4', before: '3', after: '4' }]);
  });
  test('from a sending of before marks were kept goes by where the cells stand, as it then did', () => {
    expect(difference([cell('B3', '2', [], { mark: null })], [cell('B3', '3', [])])).toMatchObject([{ address: 'B3', before: '2', after: '3' }]);
    expect(difference([cell('B4', '1', [], { line: 'l1', mark: null })], [cell('B7', '1', [], { line: 'l1', mark: 'B4' })])).toEqual([]);
  });
});

test('a blank is known again with another month and another sheet name, and not with another column', () => {
  const month = (n: string, more: [string, string][] = []): SheetFace => ({ ...sheet([['A1', `2026年${n}月报表`], ['B2', '小区数'], ['C2', '', 'A1+1'], ...more]), name: n });
  expect(shapeOf([month('10')])).toBe(shapeOf([month('11')]));
  expect(shapeOf([month('10', [['D2', '电梯数']])])).not.toBe(shapeOf([month('10')]));
});

describe('printed words', () => {
  const townships = [{ id: 't1', name: '城关街道', isUrban: true }, { id: 't2', name: '云岭镇', isUrban: false }];
  test.each(['1. 城关街道', '城 关 街 道', '城关街道办事处', '城关街道办', '城关街办', '城关办事处', '一、城关街道（城区）', '城关'])('“%s” means the street', (printed) => { expect(findTownship(printed, townships)?.id).toBe('t1'); });
  test.each(['城', '关街道', '云岭街道', '合计', ''])('“%s” means none of ours', (printed) => { expect(findTownship(printed, townships)).toBeUndefined(); });
  test('a unit is read from brackets, from signs of square metres, and from the line above the table', () => {
    const of = (id: string) => { const figure = figureOf(id); if (figure === undefined) throw new Error(id); return figure; };
    expect([unitIn('建筑面积（万㎡）', of('area.total')), unitIn('面积(m²)', of('area.total')), unitIn('电梯（部）', of('lifts.total')), unitIn('小区数（户）', of('estates.total'))]).toEqual(['万平方米', '平方米', '台', undefined]);
    expect([unitOfSheet(['某表', '计量单位：个、万户、万平方米'], of('area.total')), unitOfSheet(['单位：万户'], of('units.total')), unitOfSheet(['填报单位：某局'], of('units.total'))]).toEqual(['万平方米', '万户', undefined]);
  });
  test('a label that stands alone in its cell asks for the cell beside it', () => {
    expect([guessBeside('填表日期'), guessBeside('填 表 人'), guessBeside('小区名称'), guessBeside('填报单位负责人意见栏')]).toEqual(['{填报日期}', '{填表人}', null, null]);
  });
});

test('a list under two rows of headings is suggested whole: headings that reach over both, units in their brackets, numbers printed beforehand', () => {
  const face = (area: string) => sheet(
    [['A1', '住宅小区情况摸底表'], ['A3', '序号'], ['B3', '小区名称'], ['C3', '所属街道（镇）'], ['D3', '基本情况'], ['F3', '物业服务'], ['D4', '总户数'], ['E4', area], ['F4', '物业服务企业'], ['G4', '项目经理及电话'], ['A5', '1'], ['A6', '2'], ['A7', '合计'], ['D7', '0', 'SUM(D5:D6)']],
    [{ top: 1, left: 0, bottom: 1, right: 6 }, { top: 3, left: 0, bottom: 4, right: 0 }, { top: 3, left: 1, bottom: 4, right: 1 }, { top: 3, left: 2, bottom: 4, right: 2 }, { top: 3, left: 3, bottom: 3, right: 4 }, { top: 3, left: 5, bottom: 3, right: 6 }],
  );
  const fields = (area: string) => suggestLists(face(area), 0, []).map((list) => [list.by, list.firstRow, list.lastRow, list.columns.map((column) => `${column.column} ${column.content === 'field' ? column.field : ''}`).join('，')]);
  expect(fields('建筑面积（㎡）')).toEqual([['estate', 5, 6, 'A serial，B name，C township，D units，E areaM2，F company，G managerAndPhone']]);
  expect(fields('建筑面积（万㎡）')[0]?.[3]).toContain('E areaWanM2');
});
