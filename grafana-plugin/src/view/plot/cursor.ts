import type uPlot from 'uplot';

const CURSOR_PX = 8;

type ShowPoint = (u: uPlot, index: number) => HTMLElement;

/** A dot on one line only: each takes time at every move of the pointer, in all plots. */
export function dotOn(column: number): ShowPoint {
  return ((_u, index) => (index === column ? cursorDot() : false)) as ShowPoint;
}

function cursorDot(): HTMLElement {
  const dot = document.createElement('div');
  const [size, back] = [`${CURSOR_PX}px`, `${CURSOR_PX / -2}px`];
  Object.assign(dot.style, { width: size, height: size, marginLeft: back, marginTop: back });
  return dot;
}
