import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerKind } from '#domain/ledger/types.ts';
import { givenImports, workbook } from './testing/given-import.ts';

const [A, B, C] = ['13700001111', '13700002222', '13700003333'];
type Row = readonly (string | number | null)[];
const kinds: readonly { readonly kind: LedgerKind; readonly what: string; readonly head: Row; readonly row: (phones: string) => Row; readonly held: string }[] = [
  { kind: 'companies', what: 'a company', head: ['企业名称', '电话'], row: (phones) => ['云川县新风物业服务有限公司', phones], held: 'select phone_cipher as sealed from registry.company' },
  { kind: 'estates', what: 'an estate’s manager', head: ['乡镇（街道）', '小区名称', '项目经理', '项目经理电话'], row: (phones) => ['城关街道', '甲苑', '张三', phones], held: 'select manager_phone_cipher as sealed from registry.estate' },
  { kind: 'estates', what: 'a committee’s head', head: ['乡镇（街道）', '小区名称', '是否成立业委会', '业委会主任', '业委会主任电话'], row: (phones) => ['城关街道', '甲苑', '是', '李四', phones], held: "select phone_cipher as sealed from committee.member where superseded_at is null and valid_to is null and post = 'chair'" },
  { kind: 'practitioners', what: 'a practitioner', head: ['企业名称', '姓名', '岗位', '联系电话'], row: (phones) => ['云川县新风物业服务有限公司', '王五', '保安', phones], held: 'select phone_cipher as sealed from registry.practitioner' },
  { kind: 'units', what: 'an owner', head: ['小区', '楼栋', '房号', '建筑面积(㎡)', '产权人', '联系电话'], row: (phones) => ['甲苑', '1幢', '101', 90, '赵六', phones], held: 'select phone_cipher as sealed from registry.owner' },
];

describe('of several telephones in one cell all are compared with what is held', () => {
  let at: Awaited<ReturnType<typeof givenImports>>;
  beforeAll(async () => { at = await givenImports(); });
  afterAll(() => at.stop());

  test.each(kinds)('of $what', async ({ kind, head, row, held }) => {
    const told = async (phones: string) => {
      const batch = await at.upload(kind, [await workbook([head, row(phones)])]);
      const [first] = await at.rows(batch.id);
      if (first?.outcome !== 'unchanged') await at.confirm(batch.id);
      const { rows } = await at.as().read((db) => sql<{ sealed: string | null }>`${sql.raw(held)}`.execute(db));
      return [first?.outcome, rows.map(({ sealed }) => (sealed === null ? null : at.kit.vault.open(sealed)))];
    };
    await told(`${A}、${B}`);
    expect(await told(`${A}、${B}`)).toEqual(['unchanged', [`${A}、${B}`]]);
    expect(await told(`${A}、${C}`)).toEqual(['changed', [`${A}、${C}`]]);
    expect(await told(A)).toEqual(['unchanged', [`${A}、${C}`]]);
    expect(await told(`${A}、${C}、${B}`)).toEqual(['changed', [`${A}、${C}、${B}`]]);
    expect(await told(`${A}、${B}、${C}`)).toEqual(['unchanged', [`${A}、${C}、${B}`]]);
  });
});
