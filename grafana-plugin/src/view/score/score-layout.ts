import { type Size } from '../arrangement';

/** Where the parts of the score go, and how large they are drawn. */
export interface ScoreLayout {
  isWide: boolean;
  /** Figures and rows grow with the room there is, so that a wall screen is read from afar. */
  scale: number;
  /** Of the total. */
  totalPx: number;
  domainRowPx: number;
  domainsPx: number;
  withDomains: boolean;
  withLosses: boolean;
}

/** Of the room beside the total: losses have words, domains a name and a bar. */
export const SHARE = { domains: 3, losses: 4 };

const WIDE_PX = 640;
const ROW_PX = 30;
const TOTAL_PX = { beside: 190, above: 76 };
/** Below this, a list of losses is a line and no list. */
const LEAST_LOSSES_PX = 84;
const MOST_SCALE = 2;
const COMFORTABLE = { wide: { width: 700, height: 230 }, narrow: { width: 400, height: 330 } };

/** Three columns where it is wide; one below the other, as far as the height goes, where it is not. */
export function scoreLayout({ width, height }: Size, domains: number): ScoreLayout {
  const isWide = width >= WIDE_PX;
  const room = isWide ? COMFORTABLE.wide : COMFORTABLE.narrow;
  const scale = Math.max(1, Math.min(MOST_SCALE, width / room.width, height / room.height));
  const above = TOTAL_PX.above * scale;
  const domainRowPx = Math.round(ROW_PX * scale);
  const lossesPx = isWide ? height : height - above - domains * domainRowPx;
  const totalPx = isWide ? Math.round(TOTAL_PX.beside * scale) : width;
  return {
    ...{ isWide, scale, domainRowPx, totalPx },
    domainsPx: isWide ? ((width - totalPx) * SHARE.domains) / (SHARE.domains + SHARE.losses) : width,
    withDomains: isWide || height >= above + domainRowPx,
    withLosses: lossesPx >= LEAST_LOSSES_PX,
  };
}
