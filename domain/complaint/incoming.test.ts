import { expect, test } from 'vitest';
import { incomingCan, maskedAddress, numberInSubject, type IncomingStatus } from './incoming.ts';

test('a letter that waits may be opened or set aside; one that is registered neither, nor brought back', () => {
  const can = (status: IncomingStatus, isGone = false) => Object.entries(incomingCan({ status, isGone })).flatMap(([act, ability]) => (ability === true ? [act] : []));
  expect([can('waiting'), can('unreadable'), can('aside'), can('registered'), can('added')]).toEqual([['open', 'setAside', 'download'], ['setAside', 'download'], ['bringBack', 'download'], [], []]);
  expect(can('aside', true)).toEqual([]);
  expect(incomingCan({ status: 'unreadable', isGone: false }).open).toContain('手工登记');
});

test('a reply to our receipt names the complaint in its subject, whatever brackets the mail program made of ours', () => {
  for (const subject of ['回复：投诉〔2026〕12号的回执', 'Re: 投诉[2026]12号', 'RE：关于（2026）12号的补充', '答复: 投诉〔 2026 〕 12 号']) expect([subject, numberInSubject(subject)]).toEqual([subject, { year: 2026, serial: 12 }]);
  for (const subject of ['三号楼电梯', '2026年12号楼漏水', '〔2026〕号', '']) expect([subject, numberInSubject(subject)]).toEqual([subject, null]);
});

test('of an address only the first sign and the post office are shown', () => {
  expect(['qin@mail.example', 'a@b.cn', '', 'no-address'].map(maskedAddress)).toEqual(['q***@mail.example', 'a***@b.cn', '***', '***']);
});
