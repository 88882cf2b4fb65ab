import type { Input } from '#contract/define-route.ts';
import type { getCompanySheet as route } from '#contract/registry/sheet.ts';
import { companyStatusLabels, creditCodeCheckLabels, postLabels } from '#contract/registry/words.ts';
import type { Ctx } from '#platform/context.ts';
import { formatYuan } from '#domain/kernel/money.ts';
import { fen } from '#domain/kernel/brand.ts';
import { holds } from '../../access.ts';
import { asOf } from '../../as-of.ts';
import { maskedPhone, open } from '../../personal.ts';
import { getCompany, servedBy, staffOf } from '../../store/companies.ts';
import { factsOf } from '../../store/estates.ts';
import { visibleEstates } from '../../store/visible.ts';
import { areaWords, asOfNotes, dayWords, fact, feeWords, numberWords, phoneFact, rateWords, section, sheetOf, UNKNOWN, type Sheet } from './words.ts';

const sum = (numbers: readonly (number | null)[]): number => numbers.reduce<number>((total, one) => total + (one ?? 0), 0);

/** 一企一档: the company, the estates it serves on a day and its people. */
export function getCompanySheet(ctx: Ctx, { params, query }: Input<typeof route>): Promise<Sheet> {
  const at = asOf(query, ctx.today);
  return ctx.read(async (db) => {
    const row = await getCompany(db, ctx.scope, params.companyId);
    const [served, staff] = await Promise.all([servedBy(db, [row.id], at), staffOf(db, [row.id])]);
    const estates = served.length === 0 ? [] : await visibleEstates(db, ctx.scope).selectAll('e').where('e.id', 'in', served.map((one) => one.id)).execute();
    const [facts, byId] = [await factsOf(db, estates, at), new Map(estates.map((one) => [one.id, one]))];
    const phone = (holds(ctx, 'registry.directory.read') ? open : maskedPhone)(ctx.kit.vault, row.phoneCipher);
    return sheetOf({
      title: `${row.name}档案`, subtitle: companyStatusLabels[row.status], at,
      sections: [
        section('企业信息', [
          fact('统一社会信用代码', row.creditCode && `${row.creditCode}${row.creditCodeCheck === 'ok' ? '' : `（${creditCodeCheckLabels[row.creditCodeCheck]}）`}`), fact('法定代表人', row.legalPerson), fact('联系人', row.contactName), phoneFact('联系电话', phone), fact('注册时间', dayWords(row.registeredOn)), fact('注册地址', row.address),
          fact('注册资本', row.registeredCapitalFen === null ? null : `${formatYuan(fen(row.registeredCapitalFen))}元`), fact('曾用名', row.formerNames.join('、')),
        ]),
        section('在管项目', [fact('项目数', `${served.length}个${row.claimedEstates === null ? '' : `（自报${row.claimedEstates}个）`}`), fact('户数', `${sum(served.map((one) => one.totalUnits))}户`), fact('面积', areaWords(sum(served.map((one) => one.totalCm2))))], served.length === 0 ? null : {
          columns: ['乡镇街道', '小区', '户数', '项目经理', '物业费', '收缴率', '合同止', '业委会届满'],
          rows: served.map((one) => {
            const estate = byId.get(one.id);
            return [one.township, one.name, numberWords(one.totalUnits), facts.managers.get(one.id)?.name ?? estate?.managerName ?? UNKNOWN, feeWords(estate?.feeFenPerM2Month ?? null), rateWords(estate?.collectionRateBp ?? null), dayWords(one.endsOn), facts.committees.get(one.id) ? dayWords(facts.committees.get(one.id)?.untilOn ?? null) : '无业委会'];
          }),
        }),
        section('从业人员', [fact('人数', `${sum(staff.map((one) => one.count))}人${row.claimedStaff === null ? '' : `（自报${row.claimedStaff}人）`}`), ...staff.map((one) => fact(postLabels[one.post], `${one.count}人`))]),
      ],
      notes: [
        ...(ctx.scope.level === 'county' || ctx.scope.level === 'everything' || ctx.scope.level === 'company' ? [] : ['在管项目只列管辖范围内的，企业在其他地方的项目不在此表']),
        ...(served.some((one) => one.totalUnits === null || one.totalCm2 === null) ? ['户数、面积合计不含未登记的项目'] : []), ...asOfNotes(at, ctx.today),
      ],
    });
  });
}
