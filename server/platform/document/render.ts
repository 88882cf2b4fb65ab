import type { PaperDocument } from '#domain/paper/document.ts';
import type { BindFault, Bound, Bundle } from './bundle/bundle.ts';
import type { Poster } from './pdf/poster.ts';

/** 成文为 PDF. The libraries that set type are loaded with the first paper: a server that issues none does without their 20 MB. */
export const renderPdf = async (paper: PaperDocument, facts: { readonly at: string; readonly author: string }): Promise<Buffer> => (await import('./pdf/render-pdf.ts')).renderPdf(paper, facts);

/** 成文为 Word; loaded as late as the other. */
export const renderWord = async (paper: PaperDocument, facts: { readonly author: string }): Promise<Buffer> => (await import('./word/render-word.ts')).renderWord(paper, facts);

/** 装订卷宗, in a thread of its own. */
export const renderBundle = async (bundle: Bundle): Promise<Bound | BindFault> => (await import('./bundle/bundle.ts')).bindBundle(bundle);

/** 海报成 PDF, a page each; loaded as late as the others. */
export const renderPosters = async (posters: readonly Poster[], facts: { readonly title: string; readonly at: string; readonly author: string }): Promise<Buffer> => (await import('./pdf/poster.ts')).renderPosters(posters, facts);
