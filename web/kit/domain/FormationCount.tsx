import { Link } from '@tanstack/react-router';
import { paths } from '#web/paths.ts';
import { useAsOf } from '../AsOf.tsx';
import { numberWords } from '../schema/words.ts';

/** 组建率里的一个数: opens the estates it counts, on the same day. `part`: one of `formationParts` or a standing. */
export function FormationCount({ value, part, townshipId }: { value: number; part: string; townshipId?: string }) {
  const asOf = useAsOf();
  return <Link className="sz-action" to={paths.formation} search={{ ...asOf, standing: part, ...(townshipId === undefined ? {} : { townshipId }) }} hash="formation-estates">{numberWords(value)}</Link>;
}
