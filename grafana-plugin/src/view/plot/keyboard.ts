import type uPlot from 'uplot';

const USE = 'Plot: arrows move the cursor, space with arrows selects a time range, Escape lets go of both';
const NOWHERE = { left: -10, top: -10 };
const NOTHING = { left: 0, top: 0, width: 0, height: 0 };

/**
 * Beside the keys of Grafana's KeyboardPlugin: Escape takes cursor and selection away; and a name that says what the keys do.
 * Grafana's TooltipPlugin2 takes a cursor without an event of a pointer for one of another plot, and neither says what is at it
 * nor zooms: each key gives it one.
 */
export function letGoByEscape(u: uPlot): void {
  u.root.setAttribute('role', 'application');
  u.root.setAttribute('aria-label', USE);
  u.root.addEventListener('keydown', ({ key }) => {
    u.cursor.event = new MouseEvent('mousemove');
    if (key === 'Escape') {
      u.setSelect(NOTHING, false);
      u.setCursor(NOWHERE);
    }
  });
}
