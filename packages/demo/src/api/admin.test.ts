import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { ADMIN_TOKEN, smallOpening, startTestbed, type Testbed } from '../testing/testbed.ts';

const KNOB = '/api/v1/admin/knobs/catalogue_cache_ttl_seconds';

describe('knobs and faults', () => {
  let testbed: Testbed;

  beforeAll(async () => {
    testbed = await startTestbed(smallOpening({ A: 10, B: 20 }));
  });

  afterAll(() => testbed.close());

  const api = () => request(testbed.app);
  const put = (path: string, body: object, headers: Record<string, string> = {}) =>
    api().put(path).set('authorization', `Bearer ${ADMIN_TOKEN}`).set(headers).send(body);

  it('lists the knobs for everybody, and needs the token to move one', async () => {
    const { body } = await api().get('/api/v1/admin/knobs').expect(200);
    expect(body.knobs).toHaveLength(8);
    await api().get(KNOB).expect(200).expect('etag', '"1"');
    await api().put(KNOB).set('if-match', '"1"').send({ value: 60 }).expect(401);
    await api().get('/api/v1/admin/knobs/warp_factor').expect(404);
  });

  it('sets a knob only against the version that the caller has seen, and puts it in force', async () => {
    await put(KNOB, { value: 60 }).expect(428);
    await put(KNOB, { value: 60 }, { 'if-match': '"7"' }).expect(412);
    await put(KNOB, { value: 60 }, { 'if-match': '"1"' }).expect(200).expect('etag', '"2"');
    expect(testbed.warehouse.knobs.value('catalogue_cache_ttl_seconds')).toBe(60);
    const { body } = await put(KNOB, { value: 90 }, { 'if-match': '"1"' }).expect(412);
    expect(body).toMatchObject({ code: 'KNOB_VERSION_MISMATCH', version: 2, value: 60 });
  });

  it('lets one of many writers win', async () => {
    const { version } = (await api().get(KNOB)).body;
    const answers = await Promise.all(
      [10, 20, 30, 40].map((value) => put(KNOB, { value }, { 'if-match': `"${version}"` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it('refuses what is out of bounds, no number, or an unknown knob', async () => {
    const { version } = (await api().get(KNOB)).body;
    const headers = { 'if-match': `"${version}"` };
    await put(KNOB, { value: 3601 }, headers).expect(422);
    await put(KNOB, { value: 1.5 }, headers).expect(422);
    await put(KNOB, { value: 'fast' }, headers).expect(400);
    await put('/api/v1/admin/knobs/warp_factor', { value: 1 }, headers).expect(404);
  });

  it('answers a repeated request as the first time, after a restart too, and applies it once', async () => {
    const path = '/api/v1/admin/knobs/carrier_retry_attempts';
    const headers = { 'if-match': '"1"', 'idempotency-key': 'episode-1' };
    const { body: first } = await put(path, { value: 4 }, headers).expect(200);
    expect((await put(path, { value: 4 }, headers).expect(200)).body).toEqual(first);
    await put(path, { value: 5 }, headers).expect(422);
    const { app, warehouse } = await testbed.restart();
    expect(warehouse.knobs.value('carrier_retry_attempts')).toBe(4);
    const again = await request(app)
      .put(path)
      .set({ ...headers, authorization: `Bearer ${ADMIN_TOKEN}` })
      .send({ value: 4 })
      .expect(200);
    expect(again.body).toEqual(first);
    const audit = await testbed.database.query(
      `select old_value::integer, new_value::integer, version, changed_by, idempotency_key
       from warehouse.knob_changes where name = 'carrier_retry_attempts'`,
    );
    expect(audit).toEqual([
      { old_value: 0, new_value: 4, version: 2, changed_by: 'admin', idempotency_key: 'episode-1' },
    ]);
  });

  it('moves nothing for a caller that another one with a higher token has replaced', async () => {
    const path = '/api/v1/admin/knobs/pricing_batch_size';
    const move = (version: number, token: string) =>
      put(path, { value: 100 * version }, { 'if-match': `"${version}"`, 'fencing-token': token });
    await move(1, '7').expect(200);
    await move(2, '8').expect(200);
    const { body } = await move(3, '7').expect(412);
    expect(body).toMatchObject({ code: 'FENCING_TOKEN_OUTDATED', highest_token: 8 });
    await move(3, '8').expect(200);
    await move(4, 'soon').expect(400);
    await put(path, { value: 50 }, { 'if-match': '"4"' }).expect(200);
  });

  it('resizes the pool of connections while it is in use', async () => {
    const busy = testbed.database.query<{ answer: number }>('select 42 as answer from pg_sleep(0.2)');
    await put('/api/v1/admin/knobs/database_pool_size', { value: 3 }, { 'if-match': '"1"' }).expect(200);
    expect(await busy).toEqual([{ answer: 42 }]);
    expect(await testbed.database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('slows the catalogue by a grown archive without its index, which changes no stock and no popularity', async () => {
    const indexes = async () =>
      (await testbed.database.query(`select from pg_indexes where indexname = 'archived_movements_by_sku'`))
        .length;
    const { body: before } = await api().get('/api/v1/products?search=ARTICLE').expect(200);
    await put('/api/v1/admin/faults/slow-query', { active: true }).expect(200);
    expect(await indexes()).toBe(0);
    const [archived] = await testbed.database.query<{ count: number }>(
      'select count(*) from warehouse.archived_movements',
    );
    expect(archived!.count).toBeGreaterThan(0);
    const { body: during } = await api().get('/api/v1/products?search=article').expect(200);
    expect(during).toEqual(before);
    await put('/api/v1/admin/faults/slow-query', { active: false }).expect(200);
    expect(await indexes()).toBe(1);
    const movements = await testbed.database.query('select from warehouse.stock_movements');
    expect(movements).toHaveLength(2);
  });

  it('says which faults are active, also after a restart, and refuses an unknown one', async () => {
    await put('/api/v1/admin/faults/crawler', { active: true }).expect(200);
    const { app } = await testbed.restart();
    const { body } = await request(app).get('/api/v1/admin/faults').expect(200);
    expect(body.faults.filter(({ active }: { active: boolean }) => active)).toMatchObject([
      { name: 'crawler' },
    ]);
    await put('/api/v1/admin/faults/meteor', { active: true }).expect(404);
    await api().put('/api/v1/admin/faults/crawler').send({ active: false }).expect(401);
  });

  it('shows requests, heap, knobs and faults to Prometheus, by route template', async () => {
    const { text } = await api().get('/metrics').expect(200);
    expect(text).toContain('http_route="/api/v1/admin/knobs/:name"');
    expect(text).toContain('warehouse_knob_value{knob="carrier_retry_attempts"} 4');
    expect(text).toContain('warehouse_fault_active{fault="crawler"} 1');
    expect(text).toContain('v8js_memory_heap_limit_bytes');
  });
});
