import { paths } from '#web/paths.ts';

interface Target { readonly kind: 'estate' | 'company' | 'practitioner' | 'unit' | 'owner' | 'committee' | 'contract'; readonly id: string; readonly field: string }

/** What of an estate is recorded on its own page, apart from the form. */
const APART: readonly string[] = ['contract', 'manager'];

/** 去补: the page with the form in which a finding is repaired; `fix` opens it and puts the cursor there. */
export function repairPath({ kind, id, field }: Target): string {
  return `${pageOf(kind, id, field)}?fix=${field}`;
}

function pageOf(kind: Target['kind'], id: string, field: string): string {
  switch (kind) {
    case 'estate': return APART.includes(field) ? paths.estate(id) : paths.estateEdit(id);
    case 'company': return paths.companyEdit(id);
    case 'practitioner': return paths.practitionerEdit(id);
    case 'owner': return paths.ownerEdit(id);
    case 'unit': return field === 'room' ? paths.unitEdit(id) : paths.unit(id);
    case 'committee': return paths.committee(id);
    case 'contract': return paths.contract(id);
  }
}
