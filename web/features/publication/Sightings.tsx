import { Alert } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { type getPublication, putSightingAnswer } from '#contract/publication.ts';
import { mendingWords, sightingKindLabels } from '#domain/publication/sighting.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { Section } from '#web/kit/Page.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';

type Item = Answer<typeof getPublication>;

/** 自动检查: what looks like somebody's data, each to be mended or answered. */
export function Sightings({ item }: { item: Item }) {
  const open = item.sightings.filter((one) => one.mustBeMended || one.answer === null).length;
  return (
    <Section title="自动检查" note="标题、正文和 PDF、Word、Excel 附件中的证件号、手机号、银行卡号、与登记业主相同的姓名、密级和内部资料标志；扫描件和图片要人工看">
      {item.sightings.length === 0 && <p>没有发现。自动检查不能代替人工审查。</p>}
      {open > 0 && <Alert type="warning" showIcon title={`有 ${String(open)} 项需要修改或说明`} description="请点“修改”删去或隐去；确有依据可以公开的，逐项说明理由。处理完才能送审。" style={{ marginBottom: 12 }} />}
      <ul className="sz-sightings">
        {item.sightings.map((one) => (
          <li key={one.key}>
            <p><StatusTag tone={one.mustBeMended ? 'bad' : one.answer === null ? 'warn' : 'good'}>{sightingKindLabels[one.kind]}</StatusTag> <strong>{one.shown}</strong>{one.isHeld && one.kind !== 'owner-name' && <span>（与登记业主的号码相同）</span>}</p>
            <p className="sz-muted">位置：{one.places.join('、')}</p>
            {one.mustBeMended && <p>{mendingWords(one.kind)}</p>}
            {one.answer !== null && <p>说明：{one.answer.reason}（{one.answer.by}）</p>}
            {!one.mustBeMended && item.can.answer === true && (
              <RouteDialog
                route={putSightingAnswer} params={{ publicationId: item.id }} version={item.version} fixed={{ key: one.key }} words={one.answer === null ? '说明理由' : '修改说明'} title={`${sightingKindLabels[one.kind]}：${one.shown}`} submit="保存说明" done="已记录说明" isQuiet
                extras={{ reason: { help: '如“经本人书面同意”“值班电话，非个人号码”“附件已逐页核对，没有个人信息”' } }}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
