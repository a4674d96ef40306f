export { type Conclusion, CONCLUSIONS, type Evidence, evidenceOf, PROVEN_FROM } from './evidence.ts';
