/** 怎么用接口密钥, for whoever writes the other system. */
export function HowToUse() {
  const origin = window.location.origin;
  return (
    <details className="sz-township">
      <summary>给对方技术人员的说明和例子</summary>
      <ol>
        <li>每次请求都带上请求头 <code>Authorization: Bearer 密钥</code>，不用登录，也不用 Cookie。</li>
        <li>先试密钥：<pre className="sz-pre">{`curl -H "Authorization: Bearer sz_…" ${origin}/api/whoami`}</pre></li>
        <li>取小区：<pre className="sz-pre">{`curl -H "Authorization: Bearer sz_…" "${origin}/api/estates?limit=200"`}</pre>答复里的 next 不为空时，把它作为 after 再取下一页。</li>
        <li>新增时还要带防重复提交标记，同一件事重试用同一个：<pre className="sz-pre">{`curl -X POST -H "Authorization: Bearer sz_…" -H "Idempotency-Key: 2026-0001" -H "Content-Type: application/json" -d @estate.json ${origin}/api/estates`}</pre></li>
        <li>全部接口和字段见 <a className="sz-link" href={`${origin}/openapi.json`}>接口说明（OpenAPI）</a>，标有 key 的可以用密钥调用。</li>
      </ol>
      <p className="sz-muted">密钥不要写进网址、日志和代码库。答复 401 是密钥不能用了，403 是没有这项权限，429 是太频繁、请按答复的时间等一等。</p>
    </details>
  );
}
