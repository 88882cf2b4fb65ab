import { Link } from '@tanstack/react-router';
import { getQuality } from '#contract/registry/sheet.ts';
import { getRegistryRollup } from '#contract/registry/estate.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { paths } from '#web/paths.ts';

/** 要补的: the largest groups of what is missing, expired or contradictory. */
export function ToMend() {
  const quality = useRoute(getQuality, { query: { limit: 1 } });
  const value = quality.data;
  // Nothing to mend where nothing was ever entered is no praise.
  const isBare = useRoute(getRegistryRollup, {}).data?.estates === 0;
  return (
    <Section title="要补、要核对的" note={value === undefined ? undefined : `共 ${numberWords(value.total)} 处`} actions={<LinkButton to={paths.quality}>全部</LinkButton>}>
      {value === undefined ? quality.error !== null ? <Failed error={quality.error} /> : <Loading rows={4} /> : value.byRule.length === 0 ? <Nothing words={isBare ? '还没有小区台账，导入后自动检查缺项和矛盾' : '台账完整，没有待完善的内容'} /> : (
        <ul className="sz-mend">
          {[...value.byRule].sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error') || b.count - a.count).slice(0, 8).map((one) => (
            <li key={one.rule}>
              <span><Link to={paths.quality} search={{ rule: one.rule }}>{one.title}</Link> {one.severity === 'error' && <StatusTag tone="bad">矛盾</StatusTag>}</span>
              <Link className="sz-number" to={paths.quality} search={{ rule: one.rule }}>{numberWords(one.count)} 处</Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
