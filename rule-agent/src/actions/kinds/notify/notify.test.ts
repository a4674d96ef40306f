import { afterEach, describe, expect, it } from '@jest/globals';
import { ActionBench, exampleOf, occasionOf } from '../../../../test/action-bench.ts';
import { FakeTarget } from '../../../../test/fake-target.ts';
import { OpenThings } from '../../../../test/http-kind-suite.ts';

const open = new OpenThings();

afterEach(() => open.closeAll());

const startedReceiver = () => open.start(new FakeTarget(() => ({ status: 202 })));

describe('the examples of notify', () => {
  it('ask for what journals hold', () => {
    expect(open.add(new ActionBench(exampleOf('notify'), SECRET_URLS)).request).toEqual({
      ...{ kind: 'notify', system: 'desk', name: 'message' },
      text: '${target.job} is slow',
      severity: 'warning',
    });
  });

  it.each([
    {
      system: 'desk',
      body: {
        version: '1',
        severity: 'warning',
        text: 'warehouse is slow',
        episode: 'e-1',
        rule: 'slow-api',
      },
    },
    { system: 'chat', body: { text: '[warning] warehouse is slow' } },
  ])('$system sends its format once, and says that it cannot be reverted', async ({ system, body }) => {
    const target = await startedReceiver();
    const { systems, action } = exampleOf('notify');
    const secrets = { 'secrets/chat-url': `${target.url}/hook`, 'secrets/desk-url': `${target.url}/hook` };
    const bench = open.add(new ActionBench({ systems, action: action.replace('desk', system) }, secrets));
    const plan = await bench.planned('e-1');
    expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
    expect(target.seen).toMatchObject([{ method: 'POST', path: '/hook', body }]);
    expect(await bench.action.verify(plan)).toBe('unknowable');
    expect(await bench.action.revert(plan, 'key-2')).toMatchObject({ kind: 'refused' });
  });

  it('PagerDuty gets an event of version 2, and nobody in Slack is called by a label', async () => {
    const target = await startedReceiver();
    const systems = `systems:
  pages: { notify: { format: pagerduty, url_file: secrets/url, routing_key_file: secrets/key } }
  chat: { notify: { format: slack, url_file: secrets/url } }
`;
    const secrets = { 'secrets/url': target.url, 'secrets/key': 'routing' };
    for (const system of ['pages', 'chat']) {
      const action = `action: { notify: { system: ${system}, text: 'on \${target.job}', severity: critical } }`;
      const bench = open.add(new ActionBench({ systems, action }, secrets));
      const planned = await bench.action.plan(bench.request, occasionOf('e-1', '<!channel>'));
      if (planned.kind === 'change') await bench.action.apply(planned.plan, 'key-1');
    }
    expect(target.seen.map(({ body }) => body)).toMatchObject([
      {
        routing_key: 'routing',
        event_action: 'trigger',
        dedup_key: 'e-1',
        payload: { summary: 'on <!channel>', severity: 'critical', source: 'evenkeel-agent' },
      },
      { text: '[critical] on &lt;!channel&gt;' },
    ]);
  });
});

const SECRET_URLS = { 'secrets/chat-url': 'http://127.0.0.1:1', 'secrets/desk-url': 'http://127.0.0.1:1' };
