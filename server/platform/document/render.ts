import type { PaperDocument } from '#domain/paper/document.ts';

/** 成文为 PDF. The libraries that set type are loaded with the first paper: a server that issues none does without their 20 MB. */
export const renderPdf = async (paper: PaperDocument, facts: { readonly at: string; readonly author: string }): Promise<Buffer> => (await import('./pdf/render-pdf.ts')).renderPdf(paper, facts);

/** 成文为 Word; loaded as late as the other. */
export const renderWord = async (paper: PaperDocument, facts: { readonly author: string }): Promise<Buffer> => (await import('./word/render-word.ts')).renderWord(paper, facts);
