import { useParams } from '@tanstack/react-router';
import { isId, type Id } from '#domain/kernel/brand.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** 地址参数: the id in the page's address; a text that is no id asks for nothing that exists, and the page says 没有找到. */
export function useParam<Kind extends string>(_of: Kind, name: string): Id<Kind> {
  const params: Record<string, unknown> = useParams({ strict: false });
  const text = params[name];
  if (typeof text === 'string' && isId<Kind>(text)) return text;
  if (isId<Kind>(NOBODY)) return NOBODY;
  throw new Error('unreachable: the nil uuid is a uuid');
}
