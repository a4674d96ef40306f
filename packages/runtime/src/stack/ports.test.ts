import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { PORTS, readPorts, requireFreePorts } from './ports.ts';

const standard = Object.fromEntries(
  Object.values(PORTS).map(({ standard: port, flag }) => [flag, String(port)]),
);

describe('readPorts', () => {
  it('reads every port from its flag', () => {
    expect(readPorts({ ...standard, 'agent-port': '19851' })).toMatchObject({
      agent: 19_851,
      exporter: 9_850,
    });
  });

  it.each(['0', '70000', 'http', '1.5', ''])('refuses %j as a port', (text) => {
    expect(() => readPorts({ ...standard, 'agent-port': text })).toThrow(`--agent-port is "${text}"`);
  });

  it('refuses one port for two parts, naming both', () => {
    expect(() => readPorts({ ...standard, 'agent-port': '9850' })).toThrow(
      'exporter and agent have the same port 9850',
    );
  });
});

describe('requireFreePorts', () => {
  it('names the port that is taken, who has it and the flag that moves ours', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const only = { prometheus: port } as Parameters<typeof requireFreePorts>[0];
    await expect(requireFreePorts(only)).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `port ${port} is in use by node (pid ${process.pid})`,
      hint: 'end what has it, or choose another port with --prometheus-port',
    });
    other.close();
  });

  it('names all that are taken at once', async () => {
    const others = [0, 0].map((port) => createServer().listen(port, '127.0.0.1'));
    await Promise.all(others.map((other) => once(other, 'listening')));
    const [agent, exporter] = others.map((other) => (other.address() as AddressInfo).port);
    await expect(requireFreePorts({ agent: agent!, exporter: exporter! })).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`^port ${agent} is in use by .*, port ${exporter} is`)),
      hint: expect.stringMatching(/--agent-port, --exporter-port$/),
    });
    for (const other of others) other.close();
  });
});
