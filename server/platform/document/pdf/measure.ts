import type { Run, WidthOf } from '#domain/paper/typeset/break-lines.ts';
import { MM } from '#domain/paper/typeset/measures.ts';
import { fileFor, openFont } from '../font.ts';

/** 字宽 in millimetres at a size, with the same space after each character. */
export const widthAt = (points: number, spacing = 0): WidthOf => (char, face) => openFont(fileFor(char, face)).advance(char.codePointAt(0) ?? 0) * points / 1000 / MM + spacing;

/** 文字宽 of runs. */
export const widthOfRuns = (runs: readonly Run[], widthOf: WidthOf): number => runs.reduce((sum, { text, face }) => sum + [...text].reduce((inner, char) => inner + widthOf(char, face), 0), 0);

/** 字符间距: what makes a full-width character of `points` advance by `pitch` millimetres. */
export const spacingFor = (points: number, pitch: number | null): number => (pitch === null ? 0 : pitch - points / MM);
