import { Link } from '@tanstack/react-router';
import { useDutyPath } from './use-duty-path.ts';

/** 事项名称, leading to where it is done. */
export function DutyLink({ duty }: { readonly duty: { readonly id: string; readonly path: string; readonly title: string } }) {
  const pathOf = useDutyPath();
  return <Link to={pathOf(duty)}>{duty.title}</Link>;
}
