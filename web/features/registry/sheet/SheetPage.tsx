import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '#contract/define-route.ts';
import type { getEstateSheet } from '#contract/registry/sheet.ts';
import { AsOf } from '#web/kit/AsOf.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page } from '#web/kit/Page.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { SheetView } from './SheetView.tsx';

/** 一页纸的页面: one sheet of an estate, a company or a township, on a day, to be copied, pictured or printed. */
export function SheetPage({ title, sheet, back, more }: { title: string; sheet: UseQueryResult<Answer<typeof getEstateSheet>>; back: { readonly to: string; readonly words: string }; more?: ReactNode }) {
  const value = sheet.data;
  return (
    <Page title={title} needs={[sheet]} actions={<>{more}<LinkButton to={back.to}>{back.words}</LinkButton></>}>
      {value !== undefined && (
        <>
          <AsOf />
          <ShareBar name={value.title} of="sheet" text={() => value.text} />
          <SheetView sheet={value} id="sheet" />
        </>
      )}
    </Page>
  );
}
