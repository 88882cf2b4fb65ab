import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { toXml, xmlText } from './write.ts';

const parser = new XMLParser({ parseTagValue: false, trimValues: false, processEntities: true });

test('any text comes back from XML as it was written, but for what XML cannot carry', async () => {
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }), fc.constantFrom(']]>', '<b>&amp;', 'a\r\nb', '"\'')), async (text) => {
    fc.pre(text.trim() !== '');
    const xml = await toXml([{ description: text }], { root: 'service_requests', items: { service_requests: 'request' } });
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(parser.parse(xml)).toMatchObject({ service_requests: { request: { description: xmlText(text) } } });
  }), { numRuns: 400, seed: 20_261_123 });
});
