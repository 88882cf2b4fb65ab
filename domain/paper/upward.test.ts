import { expect, test } from 'vitest';
import { oneSuperior, reportAsksNothing, signedAsTold, signersPerBody, signersTold, upwardByOrgan } from './upward.ts';

const words = (found: readonly { readonly message: string }[]) => found.map(({ message }) => message);

test('请示主送一个上级机关；两个的要求改为抄送', () => {
  expect(oneSuperior.check({ title: '请示', addressee: '安和县人民政府' })).toEqual([]);
  expect(words(oneSuperior.check({ title: '请示', addressee: '安和县人民政府、市住建局' }))).toEqual(['请示原则上主送一个上级机关，其他机关请写在“抄送”里']);
});

test('签发人至少一人、至多六人，不重复，姓名不超过10个字', () => {
  const check = (...signers: string[]) => signersTold.check({ title: '请示', signers }).length;
  expect([check('李建国'), check('甲某', '乙某', '丙某', '丁某', '戊某', '己某')]).toEqual([0, 0]);
  expect([check(), check('甲某', '乙某', '丙某', '丁某', '戊某', '己某', '庚某'), check('李建国', '李建国'), check('甲'.repeat(11))]).toEqual([1, 1, 1, 1]);
});

test('联合行文的每个机关有一名签发人，单独行文可以不止一名', () => {
  const check = (bodies: number, signers: number) => signersPerBody.check({ bodies, signers }).length;
  expect([check(1, 1), check(1, 2), check(2, 2), check(6, 6), check(2, 1), check(2, 3), check(7, 7)]).toEqual([0, 0, 0, 0, 1, 1, 1]);
});

test('报告里写了“请批示”的不能签发，写“请予支持”的可以', () => {
  expect(reportAsksNothing.check({ body: '以上报告，请审阅。请予支持。' })).toEqual([]);
  expect(reportAsksNothing.check({ body: '妥否，请批示。' })).toHaveLength(1);
});

test('办理签发的人要是文上标注的签发人之一；不标注签发人的文书不受此限', () => {
  expect([signedAsTold.check({ signers: ['李建国', '王敏'], signer: '王 敏' }), signedAsTold.check({ signers: [], signer: '谁' })]).toEqual([[], []]);
  expect(signedAsTold.check({ signers: ['李建国'], signer: '王敏' })).toHaveLength(1);
});

test('业主委员会、物业服务企业、社区不能制发请示；住建局和镇可以', () => {
  expect((['committee', 'company', 'neighbourhood', 'other', 'bureau', 'township', 'county'] as const).map((issuer) => upwardByOrgan.check({ issuer, title: '请示' }).length)).toEqual([1, 1, 1, 1, 0, 0, 0]);
});
