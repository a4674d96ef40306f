import { type ListenAddress, requireRole, type TokenBook } from '@evenkeel/toolkit';
import type { RequestHandler } from 'express';
import type { Role } from '../model/roles.ts';

const READERS: readonly Role[] = ['viewer', 'operator', 'admin'];
const OPERATORS: readonly Role[] = ['operator', 'admin'];
const INGESTERS: readonly Role[] = ['ingest'];

/** Lets readers pass: everyone, or those with a token of any reading role. */
export function allowReaders(tokens: TokenBook, guardReads: boolean): RequestHandler {
  return guardReads ? requireRole(tokens, READERS) : (_request, _response, next) => next();
}

export function allowOperators(tokens: TokenBook): RequestHandler {
  return requireRole(tokens, OPERATORS);
}

export function allowIngesters(tokens: TokenBook): RequestHandler {
  return requireRole(tokens, INGESTERS);
}

/** Whether only this machine can reach the address. */
export function isLoopback({ host }: ListenAddress): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
