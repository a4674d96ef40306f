import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** A program for the suite, the control: answers everything with the bytes of a file, which is the least a server can do. */
const [address, file] = process.argv.slice(2);
const page = readFileSync(file!);
const headers = { 'content-type': 'text/plain', 'content-length': page.length };
const port = Number(address!.split(':')[1]);

createServer((_request, response) => response.writeHead(200, headers).end(page)).listen(port, '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));
