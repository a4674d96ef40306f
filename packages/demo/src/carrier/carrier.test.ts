import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret, silentLogger, TokenBook, type WebServer } from '@evenkeel/toolkit';
import { CarrierClient, CarrierError, CarrierPaused } from './client.ts';
import { trackingNumber } from './labels.ts';
import { createCarrier } from './server.ts';

const GOOD = 0.9;
const REFUSED = 0.3;
const DROPPED = 0.01;
const token = new Secret('carrier-token');

describe('booking a parcel', () => {
  const parcel = { reference: '536365-1', site: 'leicester', country: 'EIRE', units: 12 };
  let server: WebServer;
  let client: CarrierClient;
  let moods: number[];
  let asked: number;

  beforeEach(async () => {
    moods = [];
    asked = 0;
    server = createCarrier({
      version: '0',
      logger: silentLogger(),
      tokens: new TokenBook([{ name: 'admin', role: 'admin', token }]),
      random: () => {
        asked += 1;
        return moods.shift() ?? GOOD;
      },
    });
    const [address] = await server.listen([{ host: '127.0.0.1', port: 0 }]);
    client = new CarrierClient(`http://127.0.0.1:${address!.port}`, { retryAttempts: 0, breakerFailures: 0 });
    await client.setFlaky(true, token);
  });

  afterEach(async () => {
    await client.close();
    await server.close();
  });

  it('gives the same label for the same parcel', async () => {
    const booking = await client.book(parcel);
    expect(booking).toEqual({ carrier: 'Severn Parcels', tracking: trackingNumber('536365-1') });
    expect(await client.book(parcel)).toEqual(booking);
  });

  it.each([
    ['refuses', REFUSED],
    ['cuts the connection', DROPPED],
  ])('fails at once without retries when the carrier %s', async (_name, mood) => {
    moods = [mood];
    await expect(client.book(parcel)).rejects.toThrow(CarrierError);
  });

  it('tries again as often as it may', async () => {
    client.setPatience({ retryAttempts: 2, breakerFailures: 0 });
    moods = [REFUSED, DROPPED, GOOD];
    await expect(client.book(parcel)).resolves.toMatchObject({ carrier: 'Severn Parcels' });
    moods = [REFUSED, REFUSED, REFUSED, GOOD];
    await expect(client.book(parcel)).rejects.toThrow('503');
  });

  it('leaves the carrier alone after failures in a row', async () => {
    client.setPatience({ retryAttempts: 0, breakerFailures: 2 });
    moods = [REFUSED, GOOD, REFUSED, REFUSED];
    await expect(client.book(parcel)).rejects.toThrow(CarrierError);
    await client.book(parcel);
    await expect(client.book(parcel)).rejects.toThrow(CarrierError);
    await expect(client.book(parcel)).rejects.toThrow(CarrierError);
    asked = 0;
    await expect(client.book(parcel)).rejects.toThrow(CarrierPaused);
    expect(asked).toBe(0);
  });

  it('is made flaky only with the token', async () => {
    await expect(client.setFlaky(false, new Secret('guessed'))).rejects.toThrow('401');
  });
});
