import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf, verificationLines, type PaperDocument } from '#domain/paper/document.ts';
import { linePitch, MM, page as sheet, RED, size } from '#domain/paper/typeset/measures.ts';
import { missingGlyphs } from './font.ts';
import { layOut } from './pdf/lay-out.ts';
import { renderPdf } from './pdf/render-pdf.ts';
import { readPdf, readWord, squeezed, wordText } from './testing/read-back.ts';
import { samplePapers } from './testing/sample-papers.ts';
import { renderWord } from './word/render-word.ts';

const made = { at: '2026-11-23T02:00:00.000Z', author: '测试' };
const papers = Object.entries(samplePapers);
const whole = (paper: PaperDocument): string => squeezed(textOf(paper) + (paper.verification === null ? '' : verificationLines(paper.verification).join('')));
const sorted = (text: string): string => [...text].toSorted().join('');

describe('one paper, two files', () => {
  test.each(papers)('%s: PDF and Word hold the same words, which are the paper\'s own', async (_name, paper) => {
    const { pieces } = await readPdf(await renderPdf(paper, made));
    const pdf = squeezed(pieces.filter((piece) => !piece.isExtra).map((piece) => piece.text).join(''));
    const word = squeezed(wordText((await readWord(await renderWord(paper, made))).get('word/document.xml') ?? ''));
    // The code of the check may stand beside the signature in one and below it in the other; everything else is in one order.
    const bare = (text: string) => verificationLines(paper.verification ?? { url: '', code: '', check: '' }).reduce((left, line) => left.replace(squeezed(line), ''), text);
    expect(bare(pdf)).toBe(squeezed(textOf(paper)));
    expect(bare(word)).toBe(bare(pdf));
    expect(sorted(word)).toBe(sorted(whole(paper)));
    expect(sorted(pdf)).toBe(sorted(whole(paper)));
  });

  test('the same paper gives the same PDF, byte for byte', async () => {
    expect((await renderPdf(samplePapers.letter, made)).equals(await renderPdf(samplePapers.letter, made))).toBe(true);
  });
});

describe('GB/T 9704-2012, measured in the PDF', () => {
  const measured = async () => (await readPdf(await renderPdf(samplePapers.notice, made))).pieces;
  const em = size.three / MM;

  test('A4; full pages hold 22 lines of 28 characters in 156 × 225 mm, 37 mm from the top and 28 mm from the left', async () => {
    const body = (await measured()).filter((piece) => piece.page === 2 && !piece.isExtra && Math.abs(piece.points - size.three) < 0.01);
    const baselines = [...new Set(body.map((piece) => Math.round(piece.baseline * 100) / 100))].toSorted((a, b) => a - b);
    expect(baselines).toHaveLength(sheet.lines);
    const gaps = baselines.slice(1).map((baseline, at) => baseline - (baselines[at] ?? 0));
    for (const gap of gaps) expect(Math.abs(gap - 225 / 22)).toBeLessThan(0.02);
    const slotTop = (baselines[0] ?? 0) - 0.88 * em - (linePitch - em) / 2;
    expect(Math.abs(slotTop - 37)).toBeLessThan(0.1);
    expect((baselines.at(-1) ?? 0) + 0.12 * em).toBeLessThanOrEqual(37 + 225);
    const full = body.filter((piece) => [...piece.text].length >= 28);
    expect(full.length).toBeGreaterThan(18);
    for (const piece of full) {
      expect([...piece.text]).toHaveLength(sheet.chars);
      expect(Math.abs(piece.x - 28)).toBeLessThan(0.1);
      expect(Math.abs(piece.right - (28 + 156))).toBeLessThan(1);
    }
  });

  test('mark 72 mm from the edge and red, number centred under it, a red line as wide as the text 4 mm below', async () => {
    const pieces = await measured();
    const mark = pieces.find((piece) => piece.text.includes('住房和城乡建设局文件'));
    const number = pieces.find((piece) => piece.text.includes('〔2026〕') || piece.text.startsWith('安建'));
    if (!mark || !number) throw new Error('no head');
    expect(Math.abs(mark.baseline - 0.88 * mark.points / MM - 72)).toBeLessThan(0.6);
    expect(Math.abs((mark.x + mark.right) / 2 - 105)).toBeLessThan(3);
    const [first = []] = layOut(samplePapers.notice).pages;
    const lines = first.filter((op) => op.kind === 'line' && op.color === RED);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ x: 28, toX: 184 });
    expect(pieces.map((piece) => piece.text).join('')).not.toMatch(/第\d+号|〕0/);
  });

  test('page numbers stand outside: right on odd pages, left on even ones, 7 mm under the text area; a letter has none on its first page', async () => {
    const extras = (await measured()).filter((piece) => piece.isExtra);
    expect(extras.map((piece) => squeezed(piece.text))).toEqual(extras.map((_, at) => `—${at + 1}—`));
    expect(extras.length).toBeGreaterThan(3);
    for (const piece of extras) {
      expect(Math.abs(piece.points - size.four)).toBeLessThan(0.01);
      const unit = size.four / MM;
      expect(Math.abs(piece.page % 2 === 1 ? piece.right - (184 - unit) : piece.x - (28 + unit))).toBeLessThan(0.5);
      expect(piece.baseline).toBeGreaterThan(262 + 7);
    }
    const letter = await readPdf(await renderPdf(samplePapers.letter, made));
    expect(letter.pieces.filter((piece) => piece.isExtra && piece.page === 1)).toEqual([]);
    expect(letter.pieces.filter((piece) => piece.isExtra && piece.page === 2)).toHaveLength(1);
  });

  test('with a seal the day stands four characters in and the name is centred over it; the imprint ends at the foot of the last page', async () => {
    const pieces = await measured();
    const day = pieces.filter((piece) => piece.text.includes('2026年11月23日') && Math.abs(piece.points - 16) < 0.01).at(-1);
    const name = pieces.filter((piece) => piece.text === '安和县住房和城乡建设局' && Math.abs(piece.points - 16) < 0.01).at(-1);
    if (!day || !name) throw new Error('no signature');
    const middle = (piece: { x: number; right: number }) => (piece.x + piece.right) / 2;
    expect(Math.abs(middle(day) - middle(name))).toBeLessThan(0.5);
    expect(Math.abs(184 - day.right - 4 * 156 / 28)).toBeLessThan(0.6);
    const printed = pieces.find((piece) => piece.text.includes('印发'));
    expect(printed?.page).toBe(Math.max(...pieces.map((piece) => piece.page)));
    expect(262 - (printed?.baseline ?? 0)).toBeLessThan(6);
  });

  describe('the imprint ends on the last line of an even page, whatever the length of the text', () => {
    const ofLines = (lines: number): PaperDocument => ({ ...samplePapers.notice, blocks: Array.from({ length: lines }, () => ({ kind: 'paragraph' as const, level: 0 as const, text: '安和县' })) });
    const seen = async (paper: PaperDocument) => {
      const { pieces, pages } = await readPdf(await renderPdf(paper, made));
      const printed = pieces.find((piece) => piece.text.includes('印发'));
      const textEnds = Math.max(...pieces.filter((piece) => !piece.isExtra && !piece.text.includes('印发') && Math.abs(piece.points - size.four) > 0.01).map((piece) => piece.page));
      return { pages, printedOn: printed?.page ?? 0, toFoot: 262 - (printed?.baseline ?? 0), textEnds, numbered: pieces.filter((piece) => piece.isExtra).map((piece) => piece.page) };
    };

    test('a sheet of lines more and more: always an even page, the last one; nothing before it is numbered differently', async () => {
      const found = new Set<string>();
      for (let lines = 1; lines <= 46; lines += 1) {
        const { pages, printedOn, toFoot, textEnds, numbered } = await seen(ofLines(lines));
        expect([lines, printedOn % 2, printedOn]).toEqual([lines, 0, pages]);
        expect(toFoot).toBeGreaterThan(0);
        expect(toFoot).toBeLessThan(6);
        const { imprint } = layOut(ofLines(lines));
        found.add(imprint);
        expect([lines, pages - textEnds]).toEqual([lines, { none: 0, 'same-page': 0, 'next-page': 1, 'after-blank': 2 }[imprint]]);
        // GB/T 9704 7.5: behind a blank page neither it nor the imprint's page has a number.
        expect(numbered).toEqual(Array.from({ length: imprint === 'after-blank' ? textEnds : pages }, (_, at) => at + 1));
      }
      expect([...found].toSorted()).toEqual(['after-blank', 'next-page', 'same-page']);
    });

    test('many copies take several lines, each a character in from both sides, and still end at the foot', async () => {
      const copies = Array.from({ length: 14 }, (_, at) => `文澜街道第${at + 1}社区居民委员会`).join('，');
      const { pieces } = await readPdf(await renderPdf({ ...samplePapers.notice, copies }, made));
      const last = Math.max(...pieces.map((piece) => piece.page));
      const lines = pieces.filter((piece) => piece.page === last && !piece.isExtra && piece.text.includes('社区'));
      const unit = size.four / MM;
      expect(lines.length).toBeGreaterThan(4);
      for (const [at, line] of lines.entries()) {
        expect(line.x).toBeCloseTo(28 + (at === 0 ? 1 : 4) * unit, 1);
        expect(line.right).toBeLessThan(184 - unit + 0.5);
      }
    });

    test('Word begins it on an even page of its own where the PDF does, and leaves it in place where it has room', async () => {
      const xmlOf = async (paper: PaperDocument) => (await readWord(await renderWord(paper, made))).get('word/document.xml') ?? '';
      for (let lines = 1; lines <= 46; lines += 9) {
        const paper = ofLines(lines);
        expect([lines, (await xmlOf(paper)).includes('<w:type w:val="evenPage"/>')]).toEqual([lines, layOut(paper).imprint !== 'same-page']);
      }
    });

    test('a letter’s has neither lines nor who printed it, and takes no page of its own for that', async () => {
      const { pages, imprint } = layOut(samplePapers.letter);
      expect([imprint, pages.at(-1)?.filter((op) => op.kind === 'line' && op.color !== RED)]).toEqual(['same-page', []]);
      expect(textOf(samplePapers.letter)).not.toContain('印发');
    });
  });

  test('a letter has double red lines 170 mm wide, under its mark and 20 mm from the foot', () => {
    const lines = (layOut(samplePapers.letter).pages[0] ?? []).flatMap((op) => (op.kind === 'line' && op.color === RED ? [op] : []));
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line.toX - line.x).toBe(170);
    expect(Math.max(...lines.map((line) => line.y))).toBe(297 - 20);
    expect(lines.map((line) => line.thick)).toEqual([0.9, 0.35, 0.35, 0.9]);
  });
});

describe('a plain paper', () => {
  test.each([['hand-over', samplePapers.handOver], ['public notice', samplePapers.publicNotice]] as const)('%s has nothing red, no mark and no number of a government body', (_name, paper) => {
    const ops = layOut(paper).pages.flat();
    expect(ops.length).toBeGreaterThan(5);
    expect(ops.filter((op) => 'color' in op && op.color === RED)).toEqual([]);
    expect(paper.mark).toBeNull();
    expect(paper.number).not.toMatch(/[〔〕]/);
  });

  test('a table over several pages repeats its heading, as an artifact', async () => {
    const { pieces, pages } = await readPdf(await renderPdf(samplePapers.handOver, made));
    const headings = pieces.filter((piece) => piece.text.includes('待办事项') && Math.abs(piece.points - size.smallFour) < 0.01);
    expect(pages).toBeGreaterThan(2);
    expect(headings.filter((piece) => !piece.isExtra)).toHaveLength(1);
    expect(headings.filter((piece) => piece.isExtra).length).toBeGreaterThanOrEqual(2);
  });
});

test('on a paper to a superior body the signer stands right of the number, in both files', async () => {
  const upward = { ...samplePapers.notice, signer: '李某某' };
  const { pieces } = await readPdf(await renderPdf(upward, made));
  const number = pieces.find((piece) => piece.page === 1 && piece.text.startsWith('安建'));
  const signer = pieces.find((piece) => piece.text.includes('李某某'));
  expect(number?.x).toBeCloseTo(28 + 156 / 28, 1);
  expect(Math.abs((signer?.right ?? 0) - (184 - 156 / 28))).toBeLessThan(1);
  expect(signer?.baseline).toBeCloseTo(number?.baseline ?? 0, 3);
  const xml = (await readWord(await renderWord(upward, made))).get('word/document.xml') ?? '';
  expect(squeezed(wordText(xml))).toContain(squeezed('安建〔2026〕12号签发人：李某某'));
  expect(xml).not.toContain('\t');
});

describe('上行文, measured in the PDF (GB/T 9704 7.2.5, 7.2.6)', () => {
  const unit = 156 / 28;
  const rowsOf = async (signer: string) => {
    const { pieces } = await readPdf(await renderPdf({ ...samplePapers.report, signer }, made));
    const onFirst = pieces.filter((piece) => piece.page === 1 && !piece.isExtra);
    const lineOf = (find: (text: string) => boolean) => onFirst.filter((piece) => find(piece.text));
    return { onFirst, number: lineOf((text) => text.startsWith('安建'))[0], label: lineOf((text) => text.startsWith('签发人：'))[0], named: (name: string) => lineOf((text) => squeezed(text).includes(name))[0] };
  };

  test('the number stands left a character in, 签发人 right a character in, on one line; one name, two, and three over two rows with the number in the last', async () => {
    const one = await rowsOf('李建国');
    expect(one.number?.x).toBeCloseTo(28 + unit, 1);
    expect(Math.abs((one.named('李建国')?.right ?? 0) - (184 - unit))).toBeLessThan(1);
    expect(one.label?.baseline).toBeCloseTo(one.number?.baseline ?? 0, 3);
    const three = await rowsOf('李建国　王敏　欧阳小明');
    expect(three.number?.baseline).toBeCloseTo(three.named('欧阳小明')?.baseline ?? 0, 3);
    expect((three.number?.baseline ?? 0) - (three.label?.baseline ?? 0)).toBeCloseTo(linePitch, 1);
    // Names stand under names.
    const [above, below] = [three.named('李建国'), three.named('欧阳小明')];
    const left = (piece: typeof above, name: string) => (piece === undefined ? 0 : piece.x + [...piece.text].indexOf([...name][0] ?? '') * unit);
    expect(Math.abs(left(above, '李建国') - left(below, '欧阳小明'))).toBeLessThan(1.5);
  });

  test('the red line is 4 mm under the number however many sign, and the title two lines under that', async () => {
    for (const signer of ['李建国', '李建国　王敏', '李建国　王敏　张三　李四　王五']) {
      const { number, onFirst } = await rowsOf(signer);
      const line = (layOut({ ...samplePapers.report, signer }).pages[0] ?? []).flatMap((op) => (op.kind === 'line' && op.color === RED ? [op] : []))[0];
      const under = (number?.baseline ?? 0) + (linePitch - size.three / MM) / 2 + 0.12 * size.three / MM;
      expect(Math.abs((line?.y ?? 0) - under - 4)).toBeLessThan(0.3);
      const title = onFirst.find((piece) => Math.abs(piece.points - size.two) < 0.01);
      expect((title?.baseline ?? 0) - (line?.y ?? 0)).toBeGreaterThan(2 * linePitch);
      expect((title?.baseline ?? 0) - (line?.y ?? 0)).toBeLessThan(3.6 * linePitch);
    }
  });

  test('two bodies that issue together sign in one row, their seals apart and inside the text, the day under the last', async () => {
    const seals = layOut(samplePapers.request).pages.flat().flatMap((op) => (op.kind === 'seal' ? [op] : []));
    expect(seals).toHaveLength(2);
    const [first, last] = seals;
    if (first === undefined || last === undefined) throw new Error('two seals were counted');
    expect(last.x - first.x).toBeGreaterThan(42);
    expect([first.x - 21 >= 28, last.x + 21 <= 184, first.y === last.y]).toEqual([true, true, true]);
    const { pieces } = await readPdf(await renderPdf(samplePapers.request, made));
    const day = pieces.filter((piece) => piece.text.includes('2026年11月23日') && Math.abs(piece.points - 16) < 0.01).at(-1);
    expect(Math.abs(((day?.x ?? 0) + (day?.right ?? 0)) / 2 - last.x)).toBeLessThan(1);
    for (const bodies of [3, 4, 5, 6]) {
      const all = layOut({ ...samplePapers.request, signature: Array.from({ length: bodies }, (_, at) => `安和县第${at + 1}局`).join('\n') }).pages.map((ops) => ops.flatMap((op) => (op.kind === 'seal' ? [op] : [])));
      expect(all.flat()).toHaveLength(bodies);
      for (const page of all) for (const [at, one] of page.entries()) for (const other of page.slice(at + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(42);
    }
  });
});

test('a plain paper of one page has no page number, in Word as in the PDF; one of several pages has them in both', async () => {
  const hasNumber = async (paper: PaperDocument) => [(await readPdf(await renderPdf(paper, made))).pieces.some((piece) => piece.isExtra && /— \d/.test(piece.text)), [...(await readWord(await renderWord(paper, made))).entries()].some(([name, xml]) => name.startsWith('word/footer') && xml.includes('PAGE'))];
  expect(await hasNumber(samplePapers.publicNotice)).toEqual([false, false]);
  expect(await hasNumber(samplePapers.handOver)).toEqual([true, true]);
});

test('whatever is written, the paper drawn again is the same bytes, and its words are the paper’s own and stand inside the text area', async () => {
  const words = fc.array(fc.constantFrom(...'安和县住房城乡建设局消防隐患排查整治，。（）2026年Ab'), { minLength: 1, maxLength: 60 }).map((signs) => signs.join(''));
  await fc.assert(fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 6 }), fc.array(words, { maxLength: 9 }), fc.array(words, { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), words, async (body, attachments, copies, bodies, title) => {
    const paper: PaperDocument = {
      ...samplePapers.report, title: `关于${title}的请示`, blocks: body.map((text) => ({ kind: 'paragraph', level: 0, text })), attachments, copies: copies.length === 0 ? null : copies.join('，'),
      signer: Array.from({ length: bodies }, (_, at) => `甲乙${'丙丁戊己庚'.charAt(at)}`).join('　'), signature: Array.from({ length: bodies }, (_, at) => `安和县第${at + 1}局`).join('\n'),
    };
    const [once, again] = [await renderPdf(paper, made), await renderPdf(paper, made)];
    expect(once.equals(again)).toBe(true);
    const { pieces } = await readPdf(once);
    const bare = (text: string) => verificationLines(paper.verification ?? { url: '', code: '', check: '' }).reduce((left, line) => left.replace(squeezed(line), ''), text);
    expect(bare(squeezed(pieces.filter((piece) => !piece.isExtra).map((piece) => piece.text).join('')))).toBe(squeezed(textOf(paper)));
    for (const piece of pieces) expect([piece.text, piece.x >= 27.5, piece.right <= 186, piece.baseline <= 275]).toEqual([piece.text, true, true, true]);
  }), { numRuns: 15 });
});

test('Word carries the page set-up: margins 37, 28, 35, 26 mm, 22 lines of 28 characters, true faces, headings that repeat', async () => {
  const xml = (await readWord(await renderWord(samplePapers.notice, made))).get('word/document.xml') ?? '';
  const number = (pattern: RegExp) => Number(pattern.exec(xml)?.[1]) / 20 / MM;
  expect([/w:top="(\d+)"/, /w:bottom="(\d+)"/].map((side) => Math.round(number(new RegExp(`<w:pgMar[^>]*${side.source}`)) * 10) / 10)).toEqual([37, 35]);
  expect([/w:left="(\d+)"/, /w:right="(\d+)"/].map((side) => Math.round(number(new RegExp(`<w:pgMar[^>]*${side.source}`)) * 10) / 10)).toEqual([28, 26]);
  // 22 lines and 28 characters by fixed spacing, which every office program keeps; a grid is read by each in its own way.
  expect(/<w:docGrid [^>]*>/.exec(xml)?.[0] ?? '').not.toContain('Chars');
  const pitches = [...xml.matchAll(/w:line="(\d+)" w:lineRule="exact"/g)].map(([, line]) => Number(line) / 20);
  expect(Math.floor(sheet.textHeight * MM / (pitches.find((pitch) => Math.abs(pitch - linePitch * MM) < 0.1) ?? Infinity))).toBe(22);
  const styles = (await readWord(await renderWord(samplePapers.notice, made))).get('word/styles.xml') ?? '';
  const normal = /<w:style [^>]*w:styleId="Normal"[\s\S]*?<\/w:style>/.exec(styles)?.[0] ?? '';
  const advance = Number(/<w:sz w:val="(\d+)"/.exec(normal)?.[1]) / 2 + Number(/<w:spacing w:val="(-?\d+)"/.exec(normal)?.[1]) / 20;
  expect(Math.floor(sheet.textWidth * MM / advance)).toBe(28);
  for (const face of ['仿宋_GB2312', '黑体', '楷体_GB2312', '方正小标宋简体']) expect(xml).toContain(face);
  expect((await readWord(await renderWord(samplePapers.handOver, made))).get('word/document.xml')).toContain('w:tblHeader');
});

test('nothing stands outside the sheet, however long the names are', async () => {
  const name = '安和县锦绣花园第二期业主大会业主委员会换届改选工作筹备领导小组办公室'.repeat(2);
  const { pieces } = await readPdf(await renderPdf({ ...samplePapers.notice, signature: name, mark: `${name}文件`, title: `关于${name}的通知`, addressee: name, copies: `${name}，${name}` }, made));
  for (const piece of pieces) expect([piece.text, piece.x >= 27.5, piece.right <= 186, piece.baseline <= 280]).toEqual([piece.text, true, true, true]);
});

test('a draft is marked on every page as not issued, outside its text', async () => {
  const draft = { ...samplePapers.publicNotice, isDraft: true, verification: null };
  const { pieces } = await readPdf(await renderPdf(draft, made));
  expect(pieces.some((piece) => piece.isExtra && piece.text.includes('未签发'))).toBe(true);
  expect(squeezed(pieces.filter((piece) => !piece.isExtra).map((piece) => piece.text).join(''))).toBe(squeezed(textOf(draft)));
});

test('characters that one font lacks come from the other; those that none has are named', () => {
  expect(missingGlyphs('安和县〔2026〕𬬭𫖯，①')).toEqual([]);
  expect(missingGlyphs('张\u{3134B}某\u{3134B}')).toEqual(['\u{3134B}']);
});
