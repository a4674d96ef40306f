import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { basename, join } from 'node:path';
import { formatAddress } from '@evenkeel/toolkit';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AgentAddress, createAgentClient } from '@evenkeel/agent-api';
import type { Browser, Page } from 'playwright-core';
import { AgentHarness, TOKENS } from '../../rule-agent/test/agent-harness.ts';
import { findChromium, launchChromium } from './chromium.ts';

const SOURCES = join(import.meta.dirname, '../../packages/agent-api/src');
/** Where the page finds the modules; the agent itself serves nothing there. */
const MODULES = '/agent-api';

const executable = await findChromium();
const inChromium = executable === undefined ? describe.skip : describe;

// On a busy machine Chromium takes its time.
jest.setTimeout(120_000);

interface Modules {
  createAgentClient: typeof createAgentClient;
}

/** Serves the sources of the package to a page, without their types and otherwise as they are. */
async function serveSources(page: Page): Promise<void> {
  await page.route(`**${MODULES}/*.ts`, async (route) => {
    const file = join(SOURCES, basename(new URL(route.request().url()).pathname));
    const body = stripTypeScriptTypes(await readFile(file, 'utf8'));
    await route.fulfill({ contentType: 'text/javascript', body });
  });
}

inChromium("the client of the agent's API in a browser", () => {
  const harness = new AgentHarness();
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await harness.start();
    browser = await launchChromium(executable!);
    page = await browser.newPage();
    await serveSources(page);
    await page.goto(`http://${formatAddress(harness.agent.addresses()[0]!)}/`);
  });

  afterAll(async () => {
    await browser.close();
    await harness.stop();
  });

  /** In the page, of which the client knows no more than that the agent is where the page is from. */
  function inPage<Result>(
    work: (modules: Modules, address: AgentAddress) => Promise<Result>,
    token?: string,
  ): Promise<Result> {
    const address = { url: '', ...(token !== undefined && { token }) };
    const source = `import('${MODULES}/index.ts').then((modules) => (${work.toString()})(modules, ${JSON.stringify(address)}))`;
    return page.evaluate<Result>(source);
  }

  it('reads, writes and goes through pages', async () => {
    await harness.cycles(4);
    const known = await harness.items('decisions');
    expect(known.length).toBeGreaterThan(1);
    const seen = await inPage(async ({ createAgentClient: create }, address) => {
      const agent = create(address);
      const rules = await agent.get('/api/v1/rules');
      const pause = await agent.post('/api/v1/pauses', {
        body: { reason: 'from a page' },
        idempotencyKey: 'k',
      });
      const gone = await agent.delete('/api/v1/pauses/{id}', { path: { id: pause.body.id } });
      let decisions = 0;
      for await (const { rule } of agent.items('/api/v1/decisions', { query: { limit: 1 } })) {
        if (rule === 'slow-api') decisions += 1;
      }
      return {
        names: rules.body.items.map(({ name }) => name),
        reason: pause.body.reason,
        gone: gone.status,
        decisions,
      };
    }, TOKENS.operator);
    expect(seen).toEqual({ names: ['slow-api'], reason: 'from a page', gone: 204, decisions: known.length });
  });

  it('rejects with the problem of the agent', async () => {
    const seen = await inPage(async ({ createAgentClient: create }, address) => {
      try {
        await create(address).post('/api/v1/pauses', { body: { reason: 'without a token' } });
        return 'no error';
      } catch (error) {
        const { code, status, detail } = error as { code: string; status: number; detail: string };
        return { code, status, detail };
      }
    });
    expect(seen).toMatchObject({
      code: 'TOKEN_REQUIRED',
      status: 401,
      detail: expect.stringContaining('send a token'),
    });
  });
});
