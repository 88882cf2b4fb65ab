import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** 请求指标: durations by method, route pattern and class of status; an address that fits no route has none, so that nobody's typing makes a new series. */
export function measureRequests(registry: Registry): (app: FastifyInstance) => void {
  const durations = new Histogram({ name: 'shanzhi_http_request_duration_seconds', help: 'Time until an answer was sent, by route pattern.', labelNames: ['method', 'route', 'status'], buckets: SECONDS, registers: [registry] });
  const refused = new Counter({ name: 'shanzhi_http_rate_limited_total', help: 'Requests refused because too many came (429).', registers: [registry] });
  let open = 0;
  const inFlight = new Gauge({ name: 'shanzhi_http_requests_in_flight', help: 'Requests being answered.', registers: [registry], collect() { this.set(open); } });
  inFlight.set(0);
  // A series is looked up by one short key: naming its labels each time would cost more than counting.
  const series = new Map<string, { observe(seconds: number): void }>();
  const seriesOf = (method: string, route: string, status: string) => {
    const key = `${method} ${route} ${status}`;
    const known = series.get(key) ?? durations.labels({ method, route, status });
    series.set(key, known);
    return known;
  };
  return (app) => {
    app.addHook('onRequest', (_request, reply, done) => {
      open += 1;
      reply.raw.once('close', () => { open -= 1; });
      done();
    });
    app.addHook('onResponse', (request, reply, done) => {
      seriesOf(request.method, request.routeOptions.url ?? '(none)', `${Math.floor(reply.statusCode / 100)}xx`).observe(reply.elapsedTime / 1000);
      if (reply.statusCode === 429) refused.inc();
      done();
    });
  };
}
