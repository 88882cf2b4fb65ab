import { paths } from '#web/paths.ts';

interface Target { readonly kind: 'estate' | 'company' | 'practitioner' | 'unit' | 'committee' | 'contract'; readonly id: string }

/** 去补: the page on which a finding is repaired. */
export function repairPath({ target, estateId }: { readonly target: Target; readonly estateId: string | null }): string {
  switch (target.kind) {
    case 'estate': return paths.estate(target.id);
    case 'company': return paths.companyEdit(target.id);
    case 'practitioner': return paths.practitionerEdit(target.id);
    case 'unit': return paths.unit(target.id);
    case 'committee': return paths.committee(target.id);
    case 'contract': return estateId === null ? paths.contract(target.id) : paths.estate(estateId);
  }
}
