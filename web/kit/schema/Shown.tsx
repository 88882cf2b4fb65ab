import { DateText } from '../DateText.tsx';
import type { FieldFact } from './field-facts.ts';
import { wordsOf } from './words.ts';

/** 显示值: one value of the wire, by what the contract says of its field. */
export function Shown({ fact, value }: { fact: FieldFact; value: unknown }) {
  if ((fact.kind === 'date' || fact.kind === 'instant') && (typeof value === 'string' || value === null)) return <DateText value={value} />;
  const words = wordsOf(fact, value);
  if (fact.kind === 'text' && typeof value === 'string' && /phone/i.test(fact.name)) return <Phone text={value} />;
  return <span className={words === '—' ? 'sz-muted' : undefined}>{words}</span>;
}

/** A full number is called with one tap; a masked one is only text. */
function Phone({ text }: { text: string }) {
  return /^[\d\-+ ]{5,20}$/.test(text) ? <a href={`tel:${text.replaceAll(' ', '')}`}>{text}</a> : <span>{text}</span>;
}
