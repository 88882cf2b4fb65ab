import { Link } from '@tanstack/react-router';
import { getUnit } from '#contract/registry/unit.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

/** 房屋链接: a link for those who may see a home's owners, the bare name for a company or a committee, who see the homes only. */
export function UnitLink({ id, name }: { id: string; name: string }) {
  const may = useMay();
  return may(getUnit.permission) ? <Link to={paths.unit(id)}>{name}</Link> : name;
}
