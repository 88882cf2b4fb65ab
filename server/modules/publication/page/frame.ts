import { html, Html } from './html.ts';

// Large type, black on white, one column: for a phone held by somebody of seventy, and for paper. Nothing is fetched but the page itself.
const STYLE = new Html(`
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f4f6f8; color: #16202b; font: 20px/1.8 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif; overflow-wrap: anywhere; }
main, header, footer { max-width: 820px; margin: 0 auto; padding: 0 16px; }
header { padding-top: 16px; padding-bottom: 8px; border-bottom: 3px solid #0b57a8; display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; align-items: baseline; }
a { color: #0b4f9c; text-underline-offset: .2em; }
header a, footer a { display: inline-block; padding: 6px 0; }
h1 { font-size: 28px; line-height: 1.4; margin: 20px 0 12px; }
article h1 { text-align: center; margin-top: 0; }
h2 { font-size: 23px; margin: 1.2em 0 .4em; } h3 { font-size: 21px; margin: 1em 0 .3em; }
article, .card { background: #fff; border: 1px solid #ccd4dc; border-radius: 8px; padding: clamp(14px, 4vw, 28px); margin: 16px 0; }
article > p { margin: 0 0 .6em; text-indent: 2em; }
dl.meta { margin: 0 0 16px; padding: 10px 0; border: solid #ccd4dc; border-width: 1px 0; font-size: 18px; }
dl.meta div { display: flex; gap: 8px; } dl.meta dt { white-space: nowrap; min-width: 5.2em; color: #44515e; } dd { margin: 0; }
dl.facts { margin: 0 0 1em; border-top: 1px solid #ccd4dc; }
dl.facts div { display: grid; grid-template-columns: minmax(6em, 30%) 1fr; gap: 12px; padding: 8px 0; border-bottom: 1px solid #ccd4dc; } dl.facts dt { color: #44515e; }
.wide { overflow-x: auto; margin-bottom: 1em; }
table { border-collapse: collapse; min-width: 100%; line-height: 1.5; } th, td { border: 1px solid #8c99a6; padding: 6px 10px; text-align: left; vertical-align: top; overflow-wrap: normal; } th { background: #eef2f6; white-space: nowrap; }
.note { color: #44515e; font-size: 17px; } article > p.note { text-indent: 0; }
ul.list { list-style: none; margin: 16px 0; padding: 0; } ul.list li { background: #fff; border: 1px solid #ccd4dc; border-radius: 8px; margin-bottom: 12px; padding: 14px 16px; }
ul.list a { font-size: 21px; font-weight: 600; display: block; } ul.list p { margin: 4px 0 0; color: #44515e; font-size: 17px; }
form { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 220px), 1fr)); gap: 12px; align-items: end; }
label { display: block; } select, input, button { font: inherit; width: 100%; min-height: 48px; padding: 4px 10px; border: 1px solid #5c6b7a; border-radius: 6px; background: #fff; color: inherit; }
button { background: #0b57a8; border-color: #0b57a8; color: #fff; font-weight: 600; }
a:focus-visible, select:focus-visible, input:focus-visible, button:focus-visible, .wide:focus-visible { outline: 3px solid #d07800; outline-offset: 2px; }
.gone { font-size: 22px; font-weight: 600; color: #9a1b1b; margin: 0 0 12px; }
.code { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; } .code svg { width: 132px; height: 132px; background: #fff; }
@media (max-width: 640px) { .code { display: none; } }
@media print { body { background: #fff; font-size: 12pt; line-height: 1.6; } header a, form, footer, .screen { display: none; } header { border-color: #000; } article, .card, ul.list li { border: 0; padding: 0; } h1 { font-size: 18pt; } tr, dl div, li { break-inside: avoid; } thead { display: table-header-group; } .wide { overflow: visible; } .code { display: flex; } a { color: inherit; text-decoration: none; } }
`);

/** 公开页的框: a whole page, without script. `isKept`: whether a search engine may keep it. */
export const page = ({ title, isKept = true, body }: { readonly title: string; readonly isKept?: boolean; readonly body: Html }): string => `<!doctype html>
${html`<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${!isKept && html`<meta name="robots" content="noindex">`}
<link rel="alternate" type="application/atom+xml" title="公开信息" href="/api/public-feed">
<style>${STYLE}</style>
</head>
<body>
<header><a href="/public"><strong>公开信息</strong></a><a href="/api/public-feed" title="用阅读器订阅（Atom）">订阅更新</a></header>
<main>${body}</main>
</body>
</html>
`.text}`;
